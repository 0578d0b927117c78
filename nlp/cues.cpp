#include "nlp/cues.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_set>
#include <utility>

#include "nlp/cue_line.h"
#include "nlp/cue_patterns.h"
#include "nlp/pattern_file.h"
#include "nlp/talk_words.h"

namespace plumbline {
namespace {

constexpr std::size_t kLongestSpan = 200;  // bytes
constexpr std::size_t kLongestLead = 80;   // bytes of the clause before the cue
constexpr std::size_t kFewestWords = 2;    // after the cue, if the sentence has them
constexpr std::size_t kGuardReach = 3;     // words
constexpr std::size_t kTopicWords = 3;
constexpr std::size_t kTopicReach = 12;  // words after the cue
constexpr int kMostPerSentence = 8;
constexpr float kTalkSlack = 0.5F;
constexpr float kTalkWords = 40;

// Bytes of the currency sign that `text` ends with, 0 without one.
std::uint32_t currency_length(std::string_view text) {
  for (std::string_view sign : {"$", "€", "£", "¥", "₹"}) {
    if (text.ends_with(sign)) return static_cast<std::uint32_t>(sign.size());
  }
  return 0;
}

// Bytes of the unit that follows a number: "%", " €". 0 where none does.
std::uint32_t unit_length(std::string_view text) {
  std::uint32_t blank = !text.empty() && text.front() == ' ' ? 1 : 0;
  for (std::string_view sign : {"%", "€", "$", "£"}) {
    if (text.substr(blank, sign.size()) == sign) {
      return blank + static_cast<std::uint32_t>(sign.size());
    }
  }
  return 0;
}

}  // namespace

struct Cues::Parts {
  CuePatterns cues;
  ThemeWords themes;
  TalkWords talk;
  std::unordered_set<std::string> stop;
  std::unordered_set<std::string> skip;  // says when, not what: "thursday", "today"

  bool stops(std::string_view folded) const {
    std::string scratch;
    return stop.count(std::string(plain(folded, scratch))) > 0;
  }
  bool names_nothing(std::string_view folded) const {
    if (folded.find_first_not_of("0123456789.,:") == std::string_view::npos) return true;
    std::string scratch;
    const std::string word(plain(folded, scratch));
    return stop.count(word) > 0 || skip.count(word) > 0;
  }
};

namespace {

// Finds the statements of one sentence after another.
class StatementFinder {
 public:
  StatementFinder(const Cues::Parts& parts, const PlainWords& words, CueFindings& out,
                  std::vector<Reason>* why)
      : parts_(parts), words_(words), text_(words.text), out_(out), why_(why) {}

  void find(const std::vector<PhraseHit>& themes) {
    std::vector<PhraseHit> keys;
    parts_.cues.keys.find(words_, PhraseMode::all, keys);
    std::size_t key = 0;
    for (std::uint32_t w = 0; w < text_.words.size();) {
      std::uint32_t sentence = text_.words[w].sentence;
      std::uint32_t last = w + 1;
      while (last < text_.words.size() && text_.words[last].sentence == sentence) ++last;
      std::vector<std::uint32_t>& tried = tried_;
      tried = parts_.cues.keyless;
      for (; key < keys.size() && keys[key].sentence <= sentence; ++key) {
        tried.push_back(keys[key].tag);
      }
      if (!tried.empty()) read_sentence(w, last, themes);
      w = last;
    }
    std::stable_sort(
        out_.statements.begin(), out_.statements.end(),
        [](const StatementSpan& a, const StatementSpan& b) { return a.span.begin < b.span.begin; });
  }

 private:
  void read_sentence(std::uint32_t first, std::uint32_t last,
                     const std::vector<PhraseHit>& themes) {
    std::sort(tried_.begin(), tried_.end());
    tried_.erase(std::unique(tried_.begin(), tried_.end()), tried_.end());
    make_line(text_, first, last, line_);
    mark_breaks();
    first_of_sentence_ = out_.statements.size();
    blocked_.clear();
    for (bool blocks : {true, false}) {
      for (std::uint32_t id : tried_) {
        const CuePattern& cue = parts_.cues.patterns[id];
        if (cue.blocks == blocks) try_cue(cue, themes);
      }
    }
  }

  void try_cue(const CuePattern& cue, const std::vector<PhraseHit>& themes) {
    if (!cue.blocks && line_.question && !cue.in_question) return;
    Span match;
    std::size_t from = 0;
    for (int tries = 0; tries < kMostPerSentence; ++tries) {
      if (!find_pattern(*cue.pattern, line_.text, from, match)) return;
      if (cue.blocks) {
        blocked_.push_back(match);
      } else if (counts(cue, match)) {
        state(cue, match, themes);
      }
      from = std::max<std::size_t>(match.end, match.begin + 1);
    }
  }

  void mark_breaks() {
    for (CueLine::Place& place : line_.places) {
      std::string_view word(line_.text.data() + place.begin, place.end - place.begin);
      for (const std::string& mark : parts_.cues.breaks) place.breaks |= word == mark;
    }
  }

  bool counts(const CuePattern& cue, const Span& match) const {
    for (const Span& blocked : blocked_) {
      if (match.begin < blocked.end && blocked.begin < match.end) return false;
    }
    std::size_t at = line_.place_at(match.begin);
    if (at >= line_.places.size() || line_.places[at].quoted) return false;
    if (cue.unguarded) return true;
    for (std::size_t back = 0; back < kGuardReach && at > 0; ++back, --at) {
      if (line_.places[at].breaks) return true;
      const CueLine::Place& place = line_.places[at - 1];
      std::string_view word(line_.text.data() + place.begin, place.end - place.begin);
      for (const std::string& guard : parts_.cues.guards[static_cast<std::size_t>(cue.kind)]) {
        if (word == guard) return false;
      }
    }
    return true;
  }

  void state(const CuePattern& cue, const Span& match, const std::vector<PhraseHit>& themes) {
    std::size_t begin = line_.place_at(match.begin);
    std::size_t end = std::max(line_.place_at(match.end - 1), begin);  // the last word of the cue
    end = std::min(end, line_.places.size() - 1);
    Span span = clause(begin, end);
    std::size_t known = out_.statements.size();
    for (std::size_t i = first_of_sentence_; i < known; ++i) {
      const StatementSpan& other = out_.statements[i];
      bool apart = other.span.end <= span.begin || span.end <= other.span.begin;
      if (other.kind == cue.kind && !apart) return;
    }
    if (known - first_of_sentence_ >= kMostPerSentence) return;
    Span stated{word(begin).span.begin, word(end).span.end};
    out_.statements.push_back({cue.kind, topic(stated, begin, end, span, themes), span});
    if (why_ == nullptr) return;
    std::string rule = "cue " + std::string(name_of(cue.kind)) + ": ";
    rule += text_.text.substr(stated.begin, stated.end - stated.begin);
    why_->push_back({stated, std::move(rule), 1.0F});
  }

  const Word& word(std::size_t place) const { return text_.words[line_.first + place]; }

  // The clause around words [begin, end] of the line.
  Span clause(std::size_t begin, std::size_t end) const {
    const std::size_t cue_begin = begin, cue_end = end;
    while (begin > 0 && !line_.places[begin].breaks &&
           word(cue_begin).span.begin - word(begin - 1).span.begin <= kLongestLead) {
      --begin;
    }
    if (begin > 0 && !line_.places[begin].breaks) begin = cue_begin;
    std::size_t from = word(begin).span.begin;
    while (end + 1 < line_.places.size() && word(end + 1).span.end - from <= kLongestSpan &&
           (!line_.places[end + 1].breaks || end - cue_end < kFewestWords)) {
      ++end;
    }
    Span span{word(begin).span.begin, word(end).span.end};
    std::string_view before = text_.text.substr(0, span.begin);
    span.begin -= currency_length(before);
    span.end += unit_length(text_.text.substr(span.end, 4));
    return span;
  }

  // The theme of the sentence nearest to the cue, else the content words after it, else those
  // before it.
  std::string topic(const Span& stated, std::size_t begin, std::size_t end, const Span& span,
                    const std::vector<PhraseHit>& themes) const {
    const PhraseHit* nearest = nullptr;
    std::int64_t best = 0;
    const std::uint32_t sentence = word(begin).sentence;
    auto at = std::lower_bound(
        themes.begin(), themes.end(), sentence,
        [](const PhraseHit& hit, std::uint32_t wanted) { return hit.sentence < wanted; });
    for (; at != themes.end() && at->sentence == sentence; ++at) {
      const PhraseHit& hit = *at;
      if (hit.tag == ThemeWords::kNoTheme) continue;
      std::int64_t distance = std::max<std::int64_t>({0, std::int64_t{hit.span.begin} - stated.end,
                                                      std::int64_t{stated.begin} - hit.span.end});
      if (nearest == nullptr || distance < best) {
        nearest = &hit;
        best = distance;
      }
    }
    if (nearest != nullptr) return theme_names()[nearest->tag];
    std::string words = content_words(end + 1, line_.places.size(), span);
    return words.empty() ? content_words(0, end + 1, span) : words;
  }

  std::string content_words(std::size_t from, std::size_t to, const Span& within) const {
    std::string out;
    std::size_t found = 0;
    std::uint32_t behind = 0;  // where the last word ended: scripts without blanks get none
    for (std::size_t i = from; i < to && i < from + kTopicReach && found < kTopicWords; ++i) {
      const Word& candidate = word(i);
      if (candidate.span.begin < within.begin || candidate.span.end > within.end) continue;
      if (parts_.names_nothing(candidate.folded)) continue;
      if (found++ > 0 && candidate.span.begin != behind) out += ' ';
      behind = candidate.span.end;
      out += candidate.folded;
    }
    return out;
  }

  const Cues::Parts& parts_;
  const PlainWords& words_;
  const Prepared& text_;
  CueFindings& out_;
  std::vector<Reason>* why_;
  std::vector<std::uint32_t> tried_;
  std::vector<Span> blocked_;  // bytes of line_.text
  CueLine line_;
  std::size_t first_of_sentence_ = 0;
};

void find_aspects(const std::vector<PhraseHit>& themes, std::vector<AspectFinding>& out) {
  std::uint32_t sentence = 0;
  std::uint32_t seen = 0;  // one bit per theme
  for (const PhraseHit& hit : themes) {
    if (hit.sentence != sentence) seen = 0;
    sentence = hit.sentence;
    if (hit.tag == ThemeWords::kNoTheme || (seen >> hit.tag & 1U) != 0) continue;
    seen |= 1U << hit.tag;
    out.push_back({theme_names()[hit.tag], Polarity::neutral, hit.span});
  }
}

// h / (h + 0.5 + n / 40) for h the summed weights of the hits, each phrase counted at most twice,
// and n the words of the text: one plain hit gives 0.6 in a text of five words, 0.5 in one of 20,
// 0.25 in one of 100, and more hits come close to 1.
float talk_score(float hits, std::size_t words) {
  return hits <= 0 ? 0 : hits / (hits + kTalkSlack + static_cast<float>(words) / kTalkWords);
}

void find_talk(const TalkWords& talk, const PlainWords& text, CueFindings& out,
               std::vector<Reason>* why) {
  std::vector<PhraseHit> hits;
  talk.phrases.find(text, PhraseMode::longest, hits);
  std::vector<std::uint8_t> counted(talk.weights.size());
  float sums[3] = {0, 0, 0};
  for (const PhraseHit& hit : hits) {
    if (counted[hit.phrase] >= 2) continue;
    ++counted[hit.phrase];
    sums[hit.tag] += talk.weights[hit.phrase];
    if (why != nullptr && hit.tag < 2) {
      why->push_back(
          {hit.span, hit.tag == 0 ? "price talk" : "value talk", talk.weights[hit.phrase]});
    }
  }
  out.price_talk = talk_score(sums[0], text.words.size());
  out.value_talk = talk_score(sums[1], text.words.size());
}

}  // namespace

Result<Cues> Cues::load(const std::vector<std::pair<std::string, std::string_view>>& files) {
  auto parts = std::make_unique<Parts>();
  for (const auto& [name, content] : files) {
    if (name.ends_with("cues.txt")) {
      parts->cues = PLUMBLINE_TRY(read_cue_patterns(name, content));
      parts->skip.insert(parts->cues.skips.begin(), parts->cues.skips.end());
    } else if (name.ends_with("themes.txt")) {
      parts->themes = PLUMBLINE_TRY(read_themes(name, content));
    } else if (name.ends_with("talk.txt")) {
      parts->talk = PLUMBLINE_TRY(read_talk(name, content));
    } else if (name.ends_with("stop.txt")) {
      parts->stop = PLUMBLINE_TRY(read_stop_words(name, content));
    }
  }
  return Cues(std::move(parts));
}

Cues::Cues(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Cues::~Cues() = default;
Cues::Cues(Cues&&) noexcept = default;
Cues& Cues::operator=(Cues&&) noexcept = default;

void Cues::find(const Prepared& text, CueFindings& out, std::vector<Reason>* why) const {
  out.statements.clear();
  out.aspects.clear();
  const PlainWords words(text);
  std::vector<PhraseHit> themes;
  parts_->themes.phrases.find(words, PhraseMode::longest, themes);
  StatementFinder(*parts_, words, out, why).find(themes);
  find_aspects(themes, out.aspects);
  find_talk(parts_->talk, words, out, why);
}

bool Cues::is_stop_word(std::string_view folded) const { return parts_->stops(folded); }

}  // namespace plumbline
