# What makes a build quick.

# Headers that nearly every file reads, compiled once: half the time of a sanitizer build. Those of nlohmann and CLI11 are not among them: a
# file that begins with them compiled takes longer than one that reads them. The dev preset does without, so that a missing #include is seen there.
set(PLUMBLINE_PRECOMPILE "" CACHE STRING "precompile headers of: nothing, tests, or all")

# plumbline_precompile(tests|rooms TARGET HEADER...)
function(plumbline_precompile kind target)
  if(PLUMBLINE_PRECOMPILE STREQUAL all OR PLUMBLINE_PRECOMPILE STREQUAL kind)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()

# plumbline_join(TARGET): several files as one to the compiler, half its time, wherever their headers are compiled once. Files in folders of a
# room stand alone: each source, import, metric and command uses the same names.
function(plumbline_join target)
  if(NOT PLUMBLINE_PRECOMPILE)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  target_compile_options(${target} PRIVATE -Wno-subobject-linkage)  # takes a file read by another for a header
  string(REPLACE plumbline_ "" room ${target})
  get_target_property(files ${target} SOURCES)
  foreach(file IN LISTS files)
    file(RELATIVE_PATH path "${CMAKE_CURRENT_SOURCE_DIR}/${room}" "${file}")
    if(path MATCHES "^[^.].*/|kernels_")
      set_source_files_properties("${file}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    endif()
  endforeach()
endfunction()

# plumbline_compile_soon(TARGET): under a sanitizer without optimising, where that takes longer than the tests gain by it.
function(plumbline_compile_soon target)
  if(PLUMBLINE_SANITIZE)
    target_compile_options(${target} PRIVATE -O0)
  endif()
endfunction()
