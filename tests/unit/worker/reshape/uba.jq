# Air quality of the German Environment Agency: objects of objects of arrays, hours in any order. Component 3 is ozone, 5 PM10.
def component(id): [.[3:][] | select(.[0] == id) | .[1]][0];
[.body.data[] | to_entries[].value | {at: .[0], index: .[1], whole: (.[2] == 0), ozone: component(3), pm10: component(5)}]
| sort_by(.at)
