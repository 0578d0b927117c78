# What makes a build quick. The dev preset does without, so that a missing #include is seen there.
option(PLUMBLINE_JOIN "compile several files as one, and frequent headers once" OFF)

# plumbline_precompile(TARGET HEADER...): for targets of many files. Not those of nlohmann and CLI11: a file that begins with them compiled
# takes longer than one that reads them.
function(plumbline_precompile target)
  if(PLUMBLINE_JOIN)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()

# plumbline_join(TARGET): eight files of a target as one to the compiler, in half the time. Those in a folder of a room stand alone: each
# source, import and metric uses the same names.
function(plumbline_join target)
  if(NOT PLUMBLINE_JOIN)
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
