# plumbline_embed(target folder...): puts every file below the folders into the program, read by base/embedded.h.
function(plumbline_embed target)
  set(assembly "    .section .rodata\n")
  set(externs "")
  set(entries "")
  set(number 0)
  set(all "")
  foreach(folder IN LISTS ARGN)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*")
    list(APPEND all ${files})
  endforeach()
  set(pairs "")
  foreach(file IN LISTS all)
    string(REGEX REPLACE "^data/" "" path "${file}")
    list(APPEND pairs "${path}|${file}")
  endforeach()
  list(SORT pairs)
  set(inputs "")
  foreach(pair IN LISTS pairs)
    string(REPLACE "|" ";" pair "${pair}")
    list(GET pair 0 path)
    list(GET pair 1 file)
    set(symbol "plumbline_embedded_${number}")
    string(APPEND assembly "    .global ${symbol}_begin\n    .global ${symbol}_end\n    .balign 16\n${symbol}_begin:\n"
           "    .incbin \"${CMAKE_CURRENT_SOURCE_DIR}/${file}\"\n${symbol}_end:\n    .byte 0\n")
    string(APPEND externs "extern const char ${symbol}_begin[], ${symbol}_end[];\n")
    string(APPEND entries "      entry(\"${path}\", ${symbol}_begin, ${symbol}_end),\n")
    list(APPEND inputs "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
    math(EXPR number "${number} + 1")
  endforeach()
  string(APPEND assembly "    .section .note.GNU-stack,\"\",%progbits\n")
  set(asm_file "${CMAKE_CURRENT_BINARY_DIR}/embedded.S")
  file(CONFIGURE OUTPUT "${asm_file}" CONTENT "${assembly}" @ONLY)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/embedded_table.cpp")
  file(CONFIGURE OUTPUT "${out}" CONTENT "// Made by cmake/embed.cmake.
#include \"base/embedded.h\"

extern \"C\" {
${externs}}

namespace plumbline {
namespace {
[[maybe_unused]] EmbeddedFile entry(std::string_view path, const char* begin, const char* end) {
  return {path, {begin, static_cast<std::size_t>(end - begin)}};
}
}

std::span<const EmbeddedFile> embedded_files() {
  static const std::vector<EmbeddedFile> files = {
${entries}  };
  return files;
}

}  // namespace plumbline
" @ONLY)
  set_source_files_properties("${asm_file}" PROPERTIES OBJECT_DEPENDS "${inputs}")
  target_sources(${target} PRIVATE "${asm_file}" "${out}")
endfunction()
