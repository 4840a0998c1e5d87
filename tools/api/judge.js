// SPDX-License-Identifier: EUPL-1.2
// usage: node judge.js MODULES <QUESTIONS
// QUESTIONS: {"document": an OpenAPI 3.1 document, "questions": [{"schema": JSON Pointer into it, "value": ...}]}. Prints a list of what is
// wrong with each value ("": nothing). MODULES is a node_modules with ajv in it.
"use strict";
const fs = require("fs");
const path = require("path");
const Ajv = require(path.resolve(process.argv[2], "ajv/dist/2020"));

const {document, questions} = JSON.parse(fs.readFileSync(0, "utf8"));
const ajv = new Ajv({strict: false, allErrors: true});
ajv.addSchema(document, "api");
const said = questions.map(({schema, value}) => {
    const judge = ajv.getSchema("api#" + schema.split("/").map(encodeURIComponent).join("/"));
    if (judge === undefined) {
        return `the document has no schema ${schema}`;
    }
    return judge(value) ? "" : ajv.errorsText(judge.errors, {dataVar: "it"});
});
console.log(JSON.stringify(said));
