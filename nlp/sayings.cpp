#include "nlp/sayings.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "nlp/brand_tags.h"
#include "nlp/phrase_file.h"

namespace plumbline {
namespace {

// Tags of phrases.
constexpr std::uint32_t kGood = 1, kFirst = 2, kNothing = 4;  // kFirst: where a sentence begins

// Sets the tag and returns the phrase without its sign.
std::string_view split_first(std::string_view phrase, std::uint32_t& tag) {
  constexpr std::string_view kSign = "^ ";
  if (!phrase.starts_with(kSign)) return phrase;
  tag |= kFirst;
  return phrase.substr(kSign.size());
}

// The words of a hashtag of several, blanks between: "NeverAgain". Empty for other words.
std::string words_of_tag(const Prepared& text, const Word& word) {
  if (word.span.begin == 0 || text.text[word.span.begin - 1] != '#') return {};
  std::string out;
  return append_tag_words(text.text, word.span, out) < 2 ? std::string() : out;
}

bool asks(const PhraseHit& hit, const Prepared& text) {
  const Piece& sentence = text.sentences[hit.sentence];
  return ends_with_question_mark(
      trim(text.text.substr(sentence.begin, sentence.end - sentence.begin)));
}

bool begins_sentence(const PhraseHit& hit, const Prepared& text) {
  const auto begin = [](const Word& word) { return word.span.begin; };
  const auto word = std::ranges::lower_bound(text.words, hit.span.begin, {}, begin);
  return word == text.words.begin() || (word - 1)->sentence != hit.sentence;
}

}  // namespace

Result<Sayings> Sayings::load(std::string_view content) {
  struct Words {
    PhraseTable phrases;
  };
  Words words = PLUMBLINE_TRY(read_phrases<Words>(
      "sayings.txt", content, [](const PatternLine& line, Words& out) -> Status {
        const std::string_view side = line.fields[0];
        if (line.fields.size() != 2 || (side != "good" && side != "bad" && side != "-"))
          return fail(ErrorCode::invalid, "a line is: good, bad or -, TAB and a phrase");
        std::uint32_t tag = side == "good" ? kGood : side == "-" ? kNothing : 0;
        const std::string_view phrase = split_first(line.fields[1], tag);
        return out.phrases.add(phrase, tag);
      }));
  Sayings out;
  out.phrases_ = std::move(words.phrases);
  return out;
}

void Sayings::find(const PlainWords& words, std::vector<Saying>& out) const {
  if (phrases_.empty()) return;
  find_in_words(words, out);
  const std::size_t plain = out.size();
  if (words.text.text.find('#') != std::string_view::npos) find_in_tags(words.text, out);
  if (out.size() > plain)
    std::ranges::stable_sort(out, {}, [](const Saying& each) { return each.span.begin; });
}

void Sayings::find_in_tags(const Prepared& text, std::vector<Saying>& out) const {
  std::vector<Saying> inside;
  for (const Word& word : text.words) {
    const std::string tag = words_of_tag(text, word);
    if (tag.empty()) continue;
    Prepared prepared;
    prepare(tag, prepared);
    inside.clear();
    find_in_words(PlainWords(prepared), inside);
    for (const Saying& each : inside) out.push_back({word.span, each.side});
  }
}

void Sayings::find_in_words(const PlainWords& words, std::vector<Saying>& out) const {
  std::vector<PhraseHit> hits;
  phrases_.find(words, PhraseMode::longest, hits);
  for (const PhraseHit& hit : hits)
    if ((hit.tag & kNothing) == 0 && !asks(hit, words.text) &&
        ((hit.tag & kFirst) == 0 || begins_sentence(hit, words.text)))
      out.push_back({hit.span, (hit.tag & kGood) != 0 ? 1.0F : -1.0F});
}

std::array<float, 3> shift_of(const std::vector<Saying>& sayings, std::size_t parts) {
  constexpr float kSaying = 2;  // what one alone adds
  float side = 0;
  for (const Saying& each : sayings) side += each.side;
  if (side == 0) return {};
  side = std::clamp(side, -1.0F, 1.0F) * kSaying /
         std::sqrt(static_cast<float>(std::max<std::size_t>(parts, 1)));
  return {-side, -std::abs(side) / 2, side};
}

Sentiment shifted(const Sentiment& mood, const std::array<float, 3>& add) {
  if (add == std::array<float, 3>{}) return mood;
  std::array shares = {mood.negative, mood.neutral, mood.positive};
  float sum = 0;
  for (std::size_t c = 0; c < 3; ++c) sum += shares[c] *= std::exp(add[c]);
  return sentiment_from(shares[0] / sum, shares[1] / sum, shares[2] / sum);
}

}  // namespace plumbline
