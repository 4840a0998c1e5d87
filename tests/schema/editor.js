// SPDX-License-Identifier: EUPL-1.2
// usage: node editor.js MODULES FOLDER <QUESTIONS
// What VS Code says of files in FOLDER, whose .vscode/settings.json it reads. QUESTIONS is a list of [file, text with a "|" where the cursor
// stands, or without one]. Prints for each {"said": what is underlined, "proposed": what it completes with, or null}. MODULES is a
// node_modules with vscode-json-languageservice in it.
"use strict";
const fs = require("fs");
const path = require("path");
const {fileURLToPath, pathToFileURL} = require("url");
const {getLanguageService, TextDocument} = require(path.resolve(process.argv[2], "vscode-json-languageservice"));

const root = pathToFileURL(path.resolve(process.argv[3])).href + "/";
const settings = JSON.parse(fs.readFileSync(fileURLToPath(root + ".vscode/settings.json"), "utf8"));
const service = getLanguageService({
    schemaRequestService: (uri) => fs.promises.readFile(fileURLToPath(uri), "utf8"),
    workspaceContext: {resolveRelativePath: (relative, base) => new URL(relative, base).href},
});
const schemas = settings["json.schemas"].map(({fileMatch, url}) => ({fileMatch, folderUri: root, uri: new URL(url, root).href}));
service.configure({validate: true, allowComments: true, schemas});

const answer = async ([file, text]) => {
    const cursor = text.indexOf("|");
    const document = TextDocument.create(root + file, "jsonc", 1, text.replace("|", ""));
    const json = service.parseJSONDocument(document);
    const said = (await service.doValidation(document, json)).map(({message}) => message);
    const items = cursor < 0 ? null : await service.doComplete(document, document.positionAt(cursor), json);
    return {said, proposed: items === null ? null : items.items.map(({label}) => label)};
};

(async () => {
    const answers = [];
    for (const question of JSON.parse(fs.readFileSync(0, "utf8"))) {
        answers.push(await answer(question));
    }
    console.log(JSON.stringify(answers));
})();
