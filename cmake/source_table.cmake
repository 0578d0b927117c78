# plumbline_table(target folder Type suffix function header): writes a table of the constants NAME_suffix, one from each NAME.cpp of
# the folder, so that adding a file adds an entry and nothing else is edited. Constant data, because the linker drops
# self-registering objects from static libraries.
function(plumbline_table target folder type suffix function header)
  file(GLOB files CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp")
  set(externs "")
  set(entries "")
  foreach(file IN LISTS files)
    get_filename_component(name "${file}" NAME_WE)
    string(APPEND externs "extern const ${type} ${name}_${suffix};\n")
    string(APPEND entries "    &${name}_${suffix},\n")
  endforeach()
  set(out "${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp")
  file(CONFIGURE OUTPUT "${out}" CONTENT "// Made by cmake/source_table.cmake from ${folder}/*.cpp.
#include \"${header}\"

namespace plumbline {
${externs}
std::span<const ${type}* const> ${function}() {
  static constexpr const ${type}* kTable[] = {
${entries}  };
  return kTable;
}

}  // namespace plumbline
")
  target_sources(${target} PRIVATE "${out}")
endfunction()
