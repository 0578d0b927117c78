# What makes a build quick.

# Headers that nearly every file reads, compiled once: half the time of a sanitizer build. The dev preset does without, so that a missing
# #include is seen there.
set(PLUMBLINE_PRECOMPILE "" CACHE STRING "precompile headers of: nothing, tests, or all")

# plumbline_precompile(tests|rooms TARGET HEADER...)
function(plumbline_precompile kind target)
  if(PLUMBLINE_PRECOMPILE STREQUAL all OR PLUMBLINE_PRECOMPILE STREQUAL kind)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()

# plumbline_join(TARGET): several files of a test program as one to the compiler, half its time, wherever their headers are compiled once.
function(plumbline_join target)
  if(PLUMBLINE_PRECOMPILE)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  endif()
endfunction()

# plumbline_compile_soon(TARGET): under a sanitizer without optimising, where that takes longer than the tests gain by it.
function(plumbline_compile_soon target)
  if(PLUMBLINE_SANITIZE)
    target_compile_options(${target} PRIVATE -O0)
  endif()
endfunction()
