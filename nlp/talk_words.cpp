#include "nlp/talk_words.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.h"
#include "base/words.h"
#include "nlp/phrase_file.h"

namespace plumbline {
namespace {

constexpr float kHeaviestWord = 5;
constexpr float kTalkSlack = 0.5F;
constexpr float kTalkWords = 40;
constexpr float kOfferWeight = 1;  // of an offer in which no phrase of price talk lies

Result<float> read_weight(std::string_view text) {
  float weight = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), weight);
  if (error != std::errc() || end != text.data() + text.size() || !(weight > 0) ||
      weight > kHeaviestWord) {
    return fail(ErrorCode::invalid, "the weight is a number above 0, at most 5");
  }
  return weight;
}

Status read_theme_line(const PatternLine& line, ThemeWords& out) {
  if (line.fields.size() != 2) return fail(ErrorCode::invalid, "a line is: theme TAB phrase");
  const std::vector<std::string>& names = theme_names();
  auto found = std::find(names.begin(), names.end(), line.fields[0]);
  if (found == names.end() && line.fields[0] != "-") {
    return fail(ErrorCode::invalid, "\"" + std::string(line.fields[0]) + "\" is no theme");
  }
  auto tag = found == names.end() ? ThemeWords::kNoTheme
                                  : static_cast<std::uint32_t>(found - names.begin());
  return out.phrases.add(line.fields[1], tag);
}

Status read_talk_line(const PatternLine& line, TalkWords& out) {
  if (line.fields.size() < 2 || line.fields.size() > 3) {
    return fail(ErrorCode::invalid, "a line is: price, value or - TAB phrase, then TAB weight");
  }
  std::string_view side = line.fields[0];
  if (side != "price" && side != "value" && side != "-") {
    return fail(ErrorCode::invalid, "\"" + std::string(side) + "\" is neither price nor value");
  }
  float weight = line.fields.size() == 3 ? PLUMBLINE_TRY(read_weight(line.fields[2])) : 1.0F;
  PLUMBLINE_CHECK(out.phrases.add(line.fields[1], side == "price" ? 0 : side == "value" ? 1 : 2));
  out.weights.push_back(weight);
  return {};
}

// h / (h + 0.5 + n / 40) for h the summed weights of the hits, each phrase counted at most twice,
// and n the words of the sentence: one plain hit gives 0.6 in a sentence of five words, 0.5 in one
// of 20, and more hits come close to 1.
float talk_score(float hits, std::size_t words) {
  return hits <= 0 ? 0 : hits / (hits + kTalkSlack + static_cast<float>(words) / kTalkWords);
}

}  // namespace

const std::vector<std::string>& theme_names() {
  static const std::vector<std::string> names = {"price",    "delivery",    "warranty", "support",
                                                 "training", "setup",       "running",  "leaving",
                                                 "quality",  "reliability", "ease",     "people"};
  return names;
}

namespace {

// What one sentence says of price and of worth.
class SentenceTalk {
 public:
  explicit SentenceTalk(const Prepared& text) : text_(text) {}

  // Sentences come in text order.
  void add(std::uint32_t sentence, std::uint32_t tag, float weight) {
    if (sentence != sentence_) close();
    sentence_ = sentence;
    sums_[tag] += weight;
  }

  std::pair<float, float> best() {
    close();
    return {price_, value_};
  }

 private:
  void close() {
    const auto first = std::ranges::lower_bound(text_.words, sentence_, {}, &Word::sentence);
    const auto last = std::ranges::upper_bound(text_.words, sentence_, {}, &Word::sentence);
    const auto words = static_cast<std::size_t>(last - first);
    price_ = std::max(price_, talk_score(sums_[0], words));
    value_ = std::max(value_, talk_score(sums_[1], words));
    std::ranges::fill(sums_, 0.0F);
  }

  const Prepared& text_;
  std::uint32_t sentence_ = 0;
  float sums_[3] = {0, 0, 0}, price_ = 0, value_ = 0;
};

// A word or offer that counts.
struct Counted {
  std::uint32_t sentence = 0, tag = 0;
  float weight = 0;
};

std::uint32_t sentence_of(const Prepared& text, std::uint32_t byte) {
  const auto begin = [](const Word& word) { return word.span.end; };
  const auto word = std::ranges::upper_bound(text.words, byte, {}, begin);
  return word == text.words.end() ? (text.words.empty() ? 0 : text.words.back().sentence)
                                  : word->sentence;
}

}  // namespace

std::pair<float, float> TalkWords::scores(const PlainWords& text,
                                          std::span<const OfferFinding> offers,
                                          std::vector<Reason>* why) const {
  std::vector<PhraseHit> hits;
  phrases.find(text, PhraseMode::longest, hits);
  std::vector<Counted> all;
  std::size_t first = 0;  // both lists are in text order, and neither overlaps itself
  std::vector<std::uint8_t> dropped(offers.empty() ? 0 : hits.size());
  for (const OfferFinding& offer : offers) {
    bool counts = false;
    while (first < hits.size() && hits[first].span.end <= offer.span.begin) ++first;
    for (std::size_t i = first; i < hits.size() && hits[i].span.begin < offer.span.end; ++i) {
      counts = counts || hits[i].tag == 0;
      dropped[i] = hits[i].tag == 1 ? 1 : 0;
    }
    if (counts) continue;
    all.push_back({sentence_of(text.text, offer.span.begin), 0, kOfferWeight});
    if (why != nullptr) why->push_back({offer.span, "price talk: offer", kOfferWeight});
  }
  std::vector<std::uint8_t> counted(weights.size());
  std::uint32_t sentence = 0;
  for (const PhraseHit& hit : hits) {
    if (!dropped.empty() && dropped[static_cast<std::size_t>(&hit - hits.data())] != 0) continue;
    if (hit.sentence != sentence) std::ranges::fill(counted, std::uint8_t{0});
    sentence = hit.sentence;
    if (counted[hit.phrase] >= 2) continue;
    ++counted[hit.phrase];
    all.push_back({hit.sentence, hit.tag, weights[hit.phrase]});
    if (why != nullptr && hit.tag < 2) {
      why->push_back({hit.span, hit.tag == 0 ? "price talk" : "value talk", weights[hit.phrase]});
    }
  }
  if (!offers.empty()) std::ranges::stable_sort(all, {}, &Counted::sentence);
  SentenceTalk talk(text.text);
  for (const Counted& each : all) talk.add(each.sentence, each.tag, each.weight);
  return talk.best();
}

Result<ThemeWords> read_themes(const std::string& name, std::string_view content) {
  return read_phrases<ThemeWords>(name, content, read_theme_line);
}

Result<TalkWords> read_talk(const std::string& name, std::string_view content) {
  return read_phrases<TalkWords>(name, content, read_talk_line);
}

Result<std::unordered_set<std::string>> read_stop_words(const std::string& name,
                                                        std::string_view content) {
  std::unordered_set<std::string> out;
  std::vector<PatternLine> lines = PLUMBLINE_TRY(read_lines(name, content));
  for (const PatternLine& line : lines) {
    if (line.fields.size() > 1) {
      return tl::unexpected(line_error(name, line.number, "words are parted by blanks, not TABs"));
    }
    for (std::string_view word : split(line.fields.front(), ' ')) {
      if (!word.empty()) out.insert(plain(fold_word(word)));
    }
  }
  return out;
}

}  // namespace plumbline
