#include "nlp/irony.h"

#include <string>

#include "base/text.h"
#include "nlp/phrase_file.h"

namespace plumbline {
namespace {

enum IronyTag : std::uint32_t { kAnywhere, kAsHashtag };

}  // namespace

Result<IronySigns> IronySigns::load(std::string_view content) {
  struct Words {
    PhraseTable phrases;
  };
  Words words = PLUMBLINE_TRY(
      read_phrases<Words>("irony.txt", content, [](const PatternLine& line, Words& out) -> Status {
        if (line.fields.size() != 1)
          return fail(ErrorCode::invalid, "a line is a phrase, without TABs");
        const bool tagged = line.fields[0].starts_with('$');
        return out.phrases.add(line.fields[0].substr(tagged ? 1 : 0),
                               tagged ? kAsHashtag : kAnywhere);
      }));
  IronySigns out;
  out.phrases_ = std::move(words.phrases);
  return out;
}

void IronySigns::find(const PlainWords& words, std::vector<Span>& out) const {
  const std::string_view text = words.text.text;
  std::vector<PhraseHit> hits;
  phrases_.find(words, PhraseMode::longest, hits);
  for (const PhraseHit& hit : hits) {
    const bool tagged = hit.span.begin > 0 && text[hit.span.begin - 1] == '#';
    if (hit.tag == kAnywhere || tagged) out.push_back(hit.span);
  }
  const std::string_view said = trim(text);
  if (said.size() < 4 || !said.ends_with("/s") || said[said.size() - 3] != ' ') return;
  const auto end = static_cast<std::uint32_t>(said.data() + said.size() - text.data());
  out.push_back({end - 2, end});
}

}  // namespace plumbline
