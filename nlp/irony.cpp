#include "nlp/irony.h"

#include <string>

#include "base/text.h"
#include "nlp/pattern_file.h"

namespace plumbline {
namespace {

enum IronyTag : std::uint32_t { kAnywhere, kAsHashtag };

}  // namespace

Result<IronySigns> IronySigns::load(std::string_view content) {
  const std::string name = "irony.txt";
  const std::vector<PatternLine> lines = PLUMBLINE_TRY(read_lines(name, content));
  IronySigns out;
  if (lines.empty()) return out;
  auto table = std::make_shared<PhraseTable>();
  for (const PatternLine& line : lines) {
    if (line.fields.size() != 1)
      return tl::unexpected(line_error(name, line.number, "a line is a phrase, without TABs"));
    const bool tagged = line.fields[0].starts_with('$');
    const std::string_view phrase = line.fields[0].substr(tagged ? 1 : 0);
    if (Status added = table->add(phrase, tagged ? kAsHashtag : kAnywhere); !added)
      return tl::unexpected(line_error(name, line.number, added.error().message));
  }
  PLUMBLINE_CHECK(table->seal());
  out.phrases_ = std::move(table);
  return out;
}

void IronySigns::find(const PlainWords& words, std::vector<Span>& out) const {
  const std::string_view text = words.text.text;
  if (phrases_ != nullptr) {
    std::vector<PhraseHit> hits;
    phrases_->find(words, PhraseMode::longest, hits);
    for (const PhraseHit& hit : hits) {
      const bool tagged = hit.span.begin > 0 && text[hit.span.begin - 1] == '#';
      if (hit.tag == kAnywhere || tagged) out.push_back(hit.span);
    }
  }
  const std::string_view said = trim(text);
  if (said.size() < 4 || !said.ends_with("/s") || said[said.size() - 3] != ' ') return;
  const auto end = static_cast<std::uint32_t>(said.data() + said.size() - text.data());
  out.push_back({end - 2, end});
}

}  // namespace plumbline
