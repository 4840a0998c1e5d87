# SPDX-License-Identifier: EUPL-1.2
# The Debian package.
file(READ ${PROJECT_SOURCE_DIR}/LICENSE licence)
string(REGEX REPLACE "\r?\n" "\n " licence " ${licence}")
string(REGEX REPLACE "\n[ \t]*\n" "\n .\n" licence "${licence}")
string(REGEX REPLACE "\n[ \t]*\n" "\n .\n" licence "${licence}") # a match takes the end of its line: the next one is found now
string(REGEX REPLACE "[ \t\n.]+$" ".\n" licence "${licence}")
configure_file(debian/copyright.in ${CMAKE_CURRENT_BINARY_DIR}/copyright @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/copyright DESTINATION ${doc})

if(GZIP)
  set(changelog ${CMAKE_CURRENT_BINARY_DIR}/changelog.gz)
  add_custom_command(OUTPUT ${changelog} COMMAND ${GZIP} -9nc ${CMAKE_CURRENT_SOURCE_DIR}/debian/changelog > ${changelog}
    DEPENDS debian/changelog VERBATIM)
  add_custom_target(changelog ALL DEPENDS ${changelog})
  install(FILES ${changelog} DESTINATION ${doc})
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME schauwand)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_VENDOR "Schauwand")
set(CPACK_PACKAGE_CONTACT "Schauwand maintainers <maintainers@schauwand.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "player for exhibitions on large touch walls")
set(CPACK_PACKAGE_DESCRIPTION "Schauwand plays exhibitions on large touch walls, full screen, around the
clock. A curator writes scenes as small JSON files and lays pictures beside
them; visitors touch, read in their language, in large type or in plain
words, and walk on. Walls play a folder, or follow an exhibition that is
published as signed files on any web server.
.
This package has the player with its workers, the publisher, a demo
exhibition, and services that make a machine a wall, on Xorg without a window
manager or on the Wayland compositor Cage.")
set(CPACK_STRIP_FILES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION video)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What no executable links: the fonts of the demo, the decoders that libvlc loads, certificates of servers, names of time zones, and what
# makes the user of the service.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "fonts-inter, fonts-dejavu-core, fonts-noto-core, fonts-noto-color-emoji, vlc-plugin-base, tzdata, \
ca-certificates, systemd | systemd-standalone-sysusers | systemd-sysusers, systemd | systemd-standalone-tmpfiles | systemd-tmpfiles")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libgl1, libegl1, libgl1-mesa-dri")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "xserver-xorg, xauth, cage, xwayland, pipewire-pulse, wireplumber, bash-completion")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(debian ${CMAKE_CURRENT_SOURCE_DIR}/debian)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${debian}/postinst ${debian}/prerm ${debian}/postrm ${debian}/conffiles)
set(CPACK_SET_DESTDIR ON) # /etc is not below the prefix
include(CPack)
