# SPDX-License-Identifier: EUPL-1.2
# usage: cmake -DFOLDER=... -DHEADER=... -DNAME=... -DOUT=... -P embed.cmake
# Writes the C file OUT with every file below FOLDER: `const struct NAME_file NAME_files[]` and `NAME_file_count`, as HEADER declares them.
file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*)
list(SORT files)
set(bytes "")
set(table "")
set(number 0)
foreach(name IN LISTS files)
  file(READ ${FOLDER}/${name} hex HEX)
  string(REGEX REPLACE "(..)" "0x\\1," hex "${hex}")
  string(REGEX REPLACE "((....,){24})" "\\1\n" hex "${hex}")
  string(APPEND bytes "static const unsigned char file_${number}[] = {\n${hex}};\n")
  string(APPEND table "    {\"${name}\", file_${number}, sizeof file_${number}},\n")
  math(EXPR number "${number} + 1")
endforeach()
string(CONCAT text
  "/* SPDX-License-Identifier: EUPL-1.2 */\n/* Made by tools/cmake/embed.cmake. */\n#include \"${HEADER}\"\n\n${bytes}\n"
  "const struct ${NAME}_file ${NAME}_files[] = {\n${table}};\nconst size_t ${NAME}_file_count = ${number};\n")
file(WRITE ${OUT} "${text}")
