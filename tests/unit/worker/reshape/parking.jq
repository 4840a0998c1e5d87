# Car parks as features of a collection; one that says nothing is left out.
[.body.features[] | select(.properties.frei != null) | .geometry.coordinates as $at | .properties
 | {name, free: .frei, total: .gesamt, state: .status, at: .received, lon: $at[0], lat: $at[1]}]
| sort_by(-.free)
