# Departures of an EFA server: texts for numbers, instants in pieces, and no list at all where the stop is not unique.
if .body.departureList == null
then error("no such stop, or several: " + ([.body.dm.points[]?.name // empty] | join(", ")))
else [.body.departureList[] | {
  line: .servingLine.number,
  to: .servingLine.direction,
  platform: (if .platformName == "" then .platform else .platformName end),
  planned: .dateTime,
  expected: (.realDateTime // .dateTime),
  delay: (if .servingLine.delay == null then null else .servingLine.delay | tonumber end),
  cancelled: (.realtimeTripStatus == "TRIP_CANCELLED"),
  minutes: (.countdown | tonumber)
}] | sort_by(.minutes)
end
