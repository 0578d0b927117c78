# Headers that nearly every file reads, compiled once: half the time of a sanitizer build. The dev preset does without, so that a missing
# #include is seen there.
set(PLUMBLINE_PRECOMPILE "" CACHE STRING "precompile headers of: nothing, tests, or all")

# plumbline_precompile(tests|rooms TARGET HEADER...)
function(plumbline_precompile kind target)
  if(PLUMBLINE_PRECOMPILE STREQUAL all OR PLUMBLINE_PRECOMPILE STREQUAL kind)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()
