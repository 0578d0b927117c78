// Reads a language file whose lines hold phrases: themes.txt, talk.txt, conditions.txt, irony.txt.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nlp/pattern_file.h"
#include "nlp/phrases.h"

namespace plumbline {

// `read_line` adds a line to `Words`, whose table is `phrases`; what it finds wrong becomes an
// error with file and line.
template <class Words, class ReadLine>
Result<Words> read_phrases(const std::string& name, std::string_view content, ReadLine read_line) {
  Words out;
  const std::vector<PatternLine> lines = PLUMBLINE_TRY(read_lines(name, content));
  for (const PatternLine& line : lines) {
    if (Status status = read_line(line, out); !status)
      return tl::unexpected(line_error(name, line.number, status.error().message));
  }
  PLUMBLINE_CHECK(out.phrases.seal());
  return out;
}

}  // namespace plumbline
