// SPDX-License-Identifier: EUPL-1.2
// usage: node judge.js MODULES BUNDLE <QUESTIONS
// BUNDLE is what `schauwand schema` prints; QUESTIONS is a list of [kind of file, value]. Prints for each a list of what is wrong with it:
// [JSON Pointer, keyword, message, key that must not be or ""]. MODULES is a node_modules with ajv in it.
"use strict";
const fs = require("fs");
const path = require("path");
const Ajv = require(path.resolve(process.argv[2], "ajv/dist/2020"));

const bundle = JSON.parse(fs.readFileSync(process.argv[3], "utf8"));
// Strict: no unknown keyword, no keyword without effect, no type that can never be. `strictRequired` would want every key of a condition
// beside it ({"if": {"required": ["text"]}} has none), `allowUnionTypes` is for values such as "a string or true".
const ajv = new Ajv({strict: true, allErrors: true, strictRequired: false, allowUnionTypes: true});
const words = new Set();
const note = (node) => {
    if (node !== null && typeof node === "object") {
        Object.keys(node).filter((key) => key.startsWith("x-")).forEach((key) => words.add(key));
        Object.values(node).forEach(note);
    }
};
note(bundle);
// What VS Code knows beside the standard, and our own words.
ajv.addVocabulary(["errorMessage", "patternErrorMessage", "markdownDescription", "enumDescriptions", "allowComments", "allowTrailingCommas", ...words]);
if (!ajv.validateSchema(bundle)) {
    throw new Error(ajv.errorsText(ajv.errors, {dataVar: "bundle"}));
}
ajv.addSchema(bundle, "bundle");
ajv.compile(bundle);
Object.keys(bundle.$defs).forEach((name) => ajv.getSchema(`bundle#/$defs/${name}`));
const said = JSON.parse(fs.readFileSync(0, "utf8")).map(([kind, value]) => {
    const judge = ajv.getSchema(`bundle#/$defs/${kind}`);
    const faults = judge(value) ? [] : judge.errors.filter(({keyword}) => keyword !== "if"); // of that the inner ones say what is wrong
    return faults.map(({instancePath, keyword, message, params}) =>
        [instancePath, keyword, `${message} ${JSON.stringify(params)}`, params.additionalProperty ?? params.propertyName ?? ""]);
});
console.log(JSON.stringify(said));
