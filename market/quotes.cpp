#include "market/quotes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "base/content_words.h"
#include "base/text.h"
#include "base/words.h"
#include "market/same_topic.h"

namespace plumbline {
namespace {

constexpr std::size_t kLongest = 240;      // characters that read well
constexpr std::size_t kLongStretch = 160;  // the same for a stretch, which should come to its point
constexpr std::size_t kTellingWords = 3;   // content words with which a quote says something
constexpr std::size_t kFewestWords = 2;    // of a stretch, else it says nothing
constexpr std::size_t kOverlap = 75;       // percent of the shorter one's words in the other

using Candidate = QuotePicker::Candidate;
using Voice = std::pair<std::string, std::string>;  // source and author

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// A quotation mark that is opened or closed only.
bool is_torn(std::string_view text) {
  const auto count = [&](std::string_view sign) {
    std::size_t times = 0;
    for (std::size_t at = text.find(sign); at != std::string_view::npos;
         at = text.find(sign, at + sign.size()))
      ++times;
    return times;
  };
  return count("\"") % 2 != 0 || count("\u201c") > count("\u201d");
}

// The sentences that hold the span, out of a text's beginning; empty where that does not reach.
std::string sentence_around(std::string_view beginning, const Span& span,
                            std::string_view stretch) {
  if (span.end > beginning.size() || span.end <= span.begin ||
      beginning.substr(span.begin, span.end - span.begin) != stretch)
    return {};
  std::vector<Piece> sentences;
  split_sentences(beginning, sentences);
  std::size_t begin = beginning.size(), end = 0;
  for (const Piece& sentence : sentences) {
    if (sentence.end <= span.begin || sentence.begin >= span.end) continue;
    begin = std::min<std::size_t>(begin, sentence.begin);
    end = std::max<std::size_t>(end, sentence.end);
  }
  const bool is_cut = end == beginning.size() && beginning.ends_with("\u2026");
  return begin < end && !is_cut ? std::string(trim(beginning.substr(begin, end - begin)))
                                : std::string();
}

// A candidate with its text and what was found in it.
struct Ready {
  Quote quote;
  std::set<std::string> words;  // content words as topic_word makes them
  bool is_stretch = false;
  QuotePicker::Mood mood = QuotePicker::Mood::fits;
  bool known_voice = false;

  bool is_contrary() const { return mood == QuotePicker::Mood::contrary; }

  bool tells() const {
    return words.size() >= kTellingWords &&
           characters(quote.text) <= (is_stretch ? kLongStretch : kLongest);
  }
  Voice voice() const { return {quote.source, quote.author}; }
};

std::set<std::string> telling_words(std::string_view text, std::string_view lang) {
  std::vector<std::string> words;
  content_words(text, lang, words);
  std::set<std::string> out;
  for (const std::string& word : words) out.insert(topic_word(word, lang));
  return out;
}

bool say_the_same(const Ready& a, const Ready& b) {
  if (iequals_ascii(a.quote.text, b.quote.text)) return true;
  const auto& fewer = a.words.size() <= b.words.size() ? a.words : b.words;
  const auto& more = &fewer == &a.words ? b.words : a.words;
  if (fewer.empty()) return false;
  const auto shared = static_cast<std::size_t>(std::count_if(
      fewer.begin(), fewer.end(), [&](const std::string& word) { return more.count(word) > 0; }));
  if (fewer.size() < kTellingWords) return shared == more.size();
  return shared * 100 >= fewer.size() * kOverlap;
}

// All texts that are wished for, fetched at once.
class WishedTexts {
 public:
  WishedTexts(const ReportInput& input, const std::vector<QuotePlan::Wish>& wishes)
      : table_(*input.table) {
    for (const QuotePlan::Wish& one : wishes)
      for (const Candidate& candidate : one.candidates) {
        keys_.push_back(key_of(candidate.row, candidate.span));
        if (candidate.span.begin < candidate.span.end)
          keys_.push_back(key_of(candidate.row, {}));  // to look for its sentence
      }
    std::sort(keys_.begin(), keys_.end());
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    std::vector<QuoteWish> asked;
    asked.reserve(keys_.size());
    for (const auto& [row, begin, end] : keys_)
      asked.push_back({table_.rows[row].id, Span{begin, end}});
    texts_ = input.quotes(asked);
    texts_.resize(asked.size());
  }

  Ready make_ready(const Candidate& candidate) const {
    Ready out;
    out.quote = text_of(candidate.row, candidate.span);
    out.mood = candidate.mood;
    out.is_stretch = candidate.span.begin < candidate.span.end;
    const std::uint16_t lang = table_.rows[candidate.row].lang;
    std::string_view code;
    if (lang < table_.langs.size()) code = table_.langs[lang];
    out.words = telling_words(out.quote.text, code);
    if (!out.is_stretch || (out.words.size() >= kTellingWords && !is_torn(out.quote.text)))
      return out;
    std::string sentence =
        sentence_around(text_of(candidate.row, {}).text, candidate.span, out.quote.text);
    if (sentence.empty() || characters(sentence) > kLongest) return out;
    out.words = telling_words(sentence, code);
    out.quote.text = std::move(sentence);
    return out;
  }

 private:
  using Key = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;  // row, begin, end
  static Key key_of(std::uint32_t row, const Span& span) { return {row, span.begin, span.end}; }

  const Quote& text_of(std::uint32_t row, const Span& span) const {
    const auto at = std::lower_bound(keys_.begin(), keys_.end(), key_of(row, span));
    return texts_[static_cast<std::size_t>(at - keys_.begin())];
  }

  const MentionTable& table_;
  std::vector<Key> keys_;
  std::vector<Quote> texts_;
};

void choose(std::vector<Ready> ready, const QuotePlan::Wish& wish, std::set<Voice>& quoted,
            std::vector<Quote>& out) {
  for (Ready& one : ready) one.known_voice = quoted.count(one.voice()) > 0;
  std::stable_sort(ready.begin(), ready.end(), [](const Ready& a, const Ready& b) {
    const bool a_tells = a.tells(), b_tells = b.tells();
    return std::tie(a.mood, a.known_voice, b_tells) < std::tie(b.mood, b.known_voice, a_tells);
  });
  std::vector<const Ready*> chosen;
  for (const Ready& one : ready) {
    if (chosen.size() >= wish.most) break;
    if (one.quote.text.empty() || (one.is_stretch && one.words.size() < kFewestWords)) continue;
    if (!chosen.empty() && (one.known_voice || one.is_contrary() != chosen.front()->is_contrary()))
      continue;
    const bool repeats = std::any_of(chosen.begin(), chosen.end(), [&](const Ready* other) {
      return say_the_same(*other, one) ||
             (!one.quote.author.empty() && other->voice() == one.voice());
    });
    if (repeats) continue;
    chosen.push_back(&one);
    if (!one.quote.author.empty()) quoted.insert(one.voice());
    out.push_back(one.quote);
    out.back().text = shorten(one.quote.text, 400);
  }
}

}  // namespace

bool is_clear(const MentionRow& row) {
  return row.scored && !row.doubtful && row.label != Polarity::neutral &&
         std::fabs(row.score) >= 0.4F;
}

void QuotePicker::offer(std::size_t group, const View& view, Candidate candidate, bool clear) {
  Group& here = groups_[group];
  std::vector<Candidate>& list = clear ? here.clear : here.other;
  const MentionRow& row = view.table.rows[candidate.row];
  if (row.copy || list.size() >= most_) return;
  if (std::find(here.voices.begin(), here.voices.end(), row.voice) != here.voices.end()) return;
  here.voices.push_back(row.voice);
  list.push_back(candidate);
}

std::vector<QuotePicker::Candidate> QuotePicker::take(std::size_t group) const {
  const Group& here = groups_[group];
  std::vector<Candidate> out = here.clear;
  for (const Candidate& candidate : here.other)
    if (out.size() < most_) out.push_back(candidate);
  return out;
}

void QuotePlan::wish(std::vector<QuotePicker::Candidate> candidates, std::size_t most, Place place,
                     int circle) {
  if (!candidates.empty())
    wishes_.push_back({std::move(candidates), most, std::move(place), circle});
}

void QuotePlan::fill(const ReportInput& input, Report& report) const {
  if (!input.quotes || !input.table || wishes_.empty()) return;
  const WishedTexts texts(input, wishes_);
  std::map<int, std::set<Voice>> circles;
  for (const Wish& wish : wishes_) {
    std::vector<Quote>* place = wish.place(report);
    if (!place) continue;
    std::vector<Ready> ready;
    for (const Candidate& candidate : wish.candidates) ready.push_back(texts.make_ready(candidate));
    std::set<Voice> alone;
    choose(std::move(ready), wish, wish.circle < 0 ? alone : circles[wish.circle], *place);
  }
}

}  // namespace plumbline
