# SPDX-License-Identifier: EUPL-1.2
# The libraries from outside, each as an imported target with SYSTEM headers.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
function(sw_find NAME)
  pkg_check_modules(${NAME} REQUIRED IMPORTED_TARGET ${ARGN})
endfunction()
sw_find(SDL2 sdl2)
sw_find(SDL2_TTF SDL2_ttf)
sw_find(CJSON libcjson)
sw_find(JPEG libjpeg)
sw_find(PNG libpng)
sw_find(WEBP libwebp)
sw_find(RSVG librsvg-2.0)
sw_find(CAIRO cairo)
sw_find(PIXMAN pixman-1)
sw_find(FRIBIDI fribidi)
sw_find(MD4C md4c)
sw_find(QRENCODE libqrencode)
sw_find(SECCOMP libseccomp)
sw_find(CMOCKA cmocka)

# Debian's libjq-dev has no .pc file.
find_path(JQ_INCLUDE jq.h REQUIRED)
find_library(JQ_LIBRARY jq REQUIRED)
add_library(Jq::Jq UNKNOWN IMPORTED)
set_target_properties(Jq::Jq PROPERTIES IMPORTED_LOCATION ${JQ_LIBRARY} INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${JQ_INCLUDE})

# One folder, one library: sw_library(NAME links...) takes every .c of the folder; its links are all that it may know.
function(sw_library NAME)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.c)
  add_library(sw_${NAME} STATIC ${sources})
  target_link_libraries(sw_${NAME} PUBLIC ${ARGN})
endfunction()

# One test program a module: sw_test(NAME links...) builds NAME.c of the folder and registers it under the label `unit`.
function(sw_test NAME)
  add_executable(test_${NAME} ${NAME}.c)
  target_link_libraries(test_${NAME} PRIVATE ${ARGN} PkgConfig::CMOCKA)
  target_compile_definitions(test_${NAME} PRIVATE SW_SOURCE_DIR="${PROJECT_SOURCE_DIR}" SW_BINARY_DIR="${PROJECT_BINARY_DIR}")
  set_target_properties(test_${NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_test(NAME unit.${NAME} COMMAND test_${NAME})
  set_tests_properties(unit.${NAME} PROPERTIES LABELS unit TIMEOUT 300)
endfunction()
