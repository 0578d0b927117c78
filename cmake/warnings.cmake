# Warnings and sanitizers for our own targets; errors only in our presets, never for someone who builds a package.
add_library(plumbline_warnings INTERFACE)
target_compile_options(plumbline_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)  # g++ 12 sees overlaps in std::string that are not there (GCC bug 105651)
if(PLUMBLINE_WERROR)
  target_compile_options(plumbline_warnings INTERFACE -Werror)
endif()
if(PLUMBLINE_SANITIZE)
  # g++ cannot follow an optional through a sanitizer's checks; the release build keeps this warning.
  target_compile_options(plumbline_warnings INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  # Nor a string inside an error through the thread sanitizer's.
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    set_source_files_properties(nlp/learn/fast_data.cpp nlp/entity_words.cpp PROPERTIES COMPILE_OPTIONS "-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread")
  endif()
  add_compile_options(-fsanitize=${PLUMBLINE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PLUMBLINE_SANITIZE})
endif()
