# One gauge with all its series: the water level is not always the first.
.body.timeseries | map({key: .shortname, value: .currentMeasurement}) | from_entries
| {level: .W.value, at: .W.timestamp, state: .W.stateMnwMhw, temperature: .WT.value}
