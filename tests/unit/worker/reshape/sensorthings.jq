# Each datastream's newest observation; of an interval its end counts.
.body.Datastreams[]
| (.Observations | map(.phenomenonTime |= (split("/") | last)) | max_by(.phenomenonTime)) as $newest
| {name, unit: .unitOfMeasurement.symbol, value: $newest.result, at: $newest.phenomenonTime}
