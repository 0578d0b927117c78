#include "nlp/cues.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "nlp/cue_line.h"
#include "nlp/cue_patterns.h"
#include "nlp/pattern_file.h"
#include "nlp/talk_words.h"

namespace plumbline {
namespace {

constexpr std::size_t kLongestSpan = 200;   // bytes
constexpr std::size_t kLongestLead = 80;    // bytes of the clause before the cue
constexpr std::size_t kFewestAfterCue = 2;  // after the cue, if the sentence has them
constexpr std::size_t kGuardReach = 3;      // words
constexpr std::size_t kTopicWords = 3;
constexpr std::size_t kTopicReach = 12;  // words after the cue
constexpr int kMostPerSentence = 8;
constexpr std::uint32_t kNeighbourBytes = 8;  // bytes between clauses that are joined
constexpr std::uint32_t kNoSentence = ~0U;

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
    std::vector<PhraseHit> keys, beside;
    parts_.cues.keys.find(words_, PhraseMode::all, keys);
    if (keys.empty() && parts_.cues.keyless.empty() && parts_.cues.keyless_questions.empty())
      return;
    parts_.cues.beside.find(words_, PhraseMode::all, beside);
    beside_.assign(parts_.cues.patterns.size(), kNoSentence);
    std::size_t key = 0, next = 0;
    for (std::uint32_t w = 0; w < text_.words.size();) {
      std::uint32_t sentence = text_.words[w].sentence;
      std::uint32_t last = w + 1;
      while (last < text_.words.size() && text_.words[last].sentence == sentence) ++last;
      std::vector<std::uint32_t>& tried = tried_;
      tried = parts_.cues.keyless;
      starts_.clear();
      if (!parts_.cues.keyless_questions.empty() && asks(sentence)) {
        tried.insert(tried.end(), parts_.cues.keyless_questions.begin(),
                     parts_.cues.keyless_questions.end());
      }
      for (; next < beside.size() && beside[next].sentence <= sentence; ++next)
        beside_[beside[next].tag] = beside[next].sentence;
      for (; key < keys.size() && keys[key].sentence <= sentence; ++key) {
        const std::uint32_t id = keys[key].tag;
        const CuePattern& cue = parts_.cues.patterns[id];
        if (cue.beside && beside_[id] != sentence) continue;
        tried.push_back(id);
        if (cue.leads) starts_.emplace_back(id, keys[key].span.begin);
      }
      const bool may_state = std::any_of(tried.begin(), tried.end(), [&](std::uint32_t id) {
        return parts_.cues.patterns[id].role == CuePattern::Role::states;
      });
      if (may_state) read_sentence(w, last, themes);
      w = last;
    }
    std::stable_sort(
        out_.statements.begin(), out_.statements.end(),
        [](const StatementSpan& a, const StatementSpan& b) { return a.span.begin < b.span.begin; });
  }

 private:
  // Where a statement stands in line_.text.
  struct Found {
    Span cue, clause;
    std::uint32_t reported = 0;  // where the clauses begin in which its reporter may stand
  };

  void read_sentence(std::uint32_t first, std::uint32_t last,
                     const std::vector<PhraseHit>& themes) {
    std::sort(tried_.begin(), tried_.end());
    tried_.erase(std::unique(tried_.begin(), tried_.end()), tried_.end());
    std::sort(starts_.begin(), starts_.end());
    make_line(text_, first, last, line_);
    mark_breaks();
    first_of_sentence_ = out_.statements.size();
    blocked_.clear();
    found_.clear();
    matched_.clear();
    matched_kinds_ = 0;
    for (std::uint32_t id : tried_)
      if (parts_.cues.patterns[id].role == CuePattern::Role::states) match_cue(id);
    if (matched_.empty()) return;
    for (std::uint32_t id : tried_)
      if (parts_.cues.patterns[id].role == CuePattern::Role::blocks) block(id);
    for (const auto& [id, match] : matched_) {
      const CuePattern& cue = parts_.cues.patterns[id];
      if (counts(cue, match)) state(cue, match, themes);
    }
    if (found_.empty()) return;
    drop_weaker();
    set_holder_and_tense();
    join_neighbours();
  }

  // Whether a question mark stands in the sentence.
  bool asks(std::uint32_t sentence) const {
    const Piece& piece = text_.sentences[sentence];
    return holds_question_mark(text_.text.substr(piece.begin, piece.end - piece.begin));
  }

  StatementSpan& statement(std::size_t i) { return out_.statements[first_of_sentence_ + i]; }

  void erase(std::size_t i) {
    found_.erase(found_.begin() + static_cast<std::ptrdiff_t>(i));
    out_.statements.erase(out_.statements.begin() +
                          static_cast<std::ptrdiff_t>(first_of_sentence_ + i));
  }

  // A fear that something breaks is no pain: the kinds that the language puts over others win.
  void drop_weaker() {
    Kinds weak[kMostPerSentence] = {};
    for (std::size_t i = 0; i < found_.size(); ++i)
      for (std::size_t k = 0; k < found_.size(); ++k)
        if (overlap(statement(i).span, statement(k).span))
          weak[i] = static_cast<Kinds>(
              weak[i] | parts_.cues.over[static_cast<std::size_t>(statement(k).kind)]);
    for (std::size_t i = found_.size(); i-- > 0;)
      if ((weak[i] & bit_of(statement(i).kind)) != 0) erase(i);
  }

  // The first line of the file that fits decides, for each of the two.
  void set_holder_and_tense() {
    tried_.insert(tried_.end(), parts_.cues.keyless_marks.begin(), parts_.cues.keyless_marks.end());
    std::sort(tried_.begin(), tried_.end());
    for (std::size_t i = 0; i < found_.size(); ++i) {
      bool held = false, timed = false;
      for (std::uint32_t id : tried_) {
        const CuePattern& mark = parts_.cues.patterns[id];
        const bool holds = mark.role == CuePattern::Role::holder;
        if (!holds && mark.role != CuePattern::Role::tense) continue;
        if ((holds ? held : timed) || (mark.kinds & bit_of(statement(i).kind)) == 0) continue;
        if (!stands(mark, found_[i])) continue;
        (holds ? held : timed) = true;
        if (holds) {
          statement(i).holder = mark.holder;
        } else {
          statement(i).tense = mark.tense;
        }
      }
    }
  }

  // In the clause of the statement; who is reported is named before the cue ends.
  bool stands(const CuePattern& mark, const Found& found) const {
    const bool before = mark.role == CuePattern::Role::holder && mark.all_kinds;
    const bool reports = mark.role == CuePattern::Role::holder && mark.holder == Holder::other;
    Span match;
    const std::uint32_t end = before ? found.cue.end : found.clause.end;
    return find_pattern(*mark.pattern, std::string_view(line_.text).substr(0, end),
                        reports ? found.reported : found.clause.begin, match);
  }

  // Whether a word like "that" stands at the mark before word `at`: "my boss thinks, that ...".
  bool joined(std::size_t at) const {
    const auto joins = [&](std::size_t i) {
      const CueLine::Place& place = line_.places[i];
      const std::string_view word(line_.text.data() + place.begin, place.end - place.begin);
      return std::ranges::find(parts_.cues.joins, word) != parts_.cues.joins.end();
    };
    return at > 0 && line_.places[at].breaks && (joins(at) || joins(at - 1));
  }

  std::uint32_t reported_from(std::size_t begin) const {
    while (joined(begin)) {
      --begin;
      while (begin > 0 && !line_.places[begin].breaks) --begin;
    }
    return line_.places[begin].begin;
  }

  // Clauses that follow each other and say the same kind of thing are one statement.
  void join_neighbours() {
    for (std::size_t i = 0; i < found_.size(); ++i) {
      for (std::size_t k = found_.size(); k-- > i + 1;) {
        StatementSpan &one = statement(i), &other = statement(k);
        const Span joined{std::min(one.span.begin, other.span.begin),
                          std::max(one.span.end, other.span.end)};
        const std::uint32_t between =
            joined.end - joined.begin -
            (one.span.end - one.span.begin + other.span.end - other.span.begin);
        if (one.kind != other.kind || between > kNeighbourBytes) continue;
        one.span = joined;
        erase(k);
        k = found_.size();
      }
    }
  }

  // Where the pattern first stands from byte `from` of the line on. One that begins with its key is
  // tried at the places of its keys alone, which is many times quicker.
  bool find_cue(std::uint32_t id, std::size_t from, Span& match) const {
    const CuePattern& cue = parts_.cues.patterns[id];
    if (!cue.leads) return find_pattern(*cue.pattern, line_.text, from, match);
    auto start = std::lower_bound(starts_.begin(), starts_.end(), std::pair(id, std::uint32_t{0}));
    for (; start != starts_.end() && start->first == id; ++start) {
      const std::size_t index = place_of(start->second);
      const CueLine::Place& place = line_.places[index];
      const std::string_view word(line_.text.data() + place.begin, place.end - place.begin);
      const Span& whole = this->word(index).span;
      if (start->second != whole.begin) {  // in unspaced text keys begin inside words
        const std::uint32_t at = place.begin + start->second - whole.begin;
        const bool alike = start->second > whole.begin && word.size() == whole.end - whole.begin;
        if (!alike) return find_pattern(*cue.pattern, line_.text, from, match);
        if (at >= from && pattern_at(*cue.pattern, line_.text, at, match)) return true;
        continue;
      }
      const std::size_t mark = word.find('\'');  // the key may stand behind an article
      if (place.begin >= from && pattern_at(*cue.pattern, line_.text, place.begin, match))
        return true;
      if (mark == std::string_view::npos || place.begin + mark + 1 < from) continue;
      if (pattern_at(*cue.pattern, line_.text, place.begin + mark + 1, match)) return true;
    }
    return false;
  }

  // The place of the word that byte `at` of the text lies in, else of the next one.
  std::size_t place_of(std::uint32_t at) const {
    const auto first = text_.words.begin() + line_.first;
    const auto last = first + static_cast<std::ptrdiff_t>(line_.places.size());
    const auto found = std::upper_bound(
        first, last, at, [](std::uint32_t begin, const Word& w) { return begin < w.span.end; });
    return static_cast<std::size_t>(std::min(found, last - 1) - first);
  }

  void match_cue(std::uint32_t id) {
    const CuePattern& cue = parts_.cues.patterns[id];
    const bool asking = cue.kind == StatementKind::question;
    if (line_.question ? !cue.in_question : asking && cue.in_question) return;
    Span match;
    std::size_t from = 0;
    for (int tries = 0; tries < kMostPerSentence; ++tries) {
      if (!find_cue(id, from, match)) return;
      matched_.emplace_back(id, match);
      matched_kinds_ = static_cast<Kinds>(matched_kinds_ | bit_of(cue.kind));
      from = std::max<std::size_t>(match.end, match.begin + 1);
    }
  }

  void block(std::uint32_t id) {
    const CuePattern& cue = parts_.cues.patterns[id];
    if ((cue.kinds & matched_kinds_) == 0) return;
    Span match;
    std::size_t from = 0;
    for (int tries = 0; tries < kMostPerSentence; ++tries) {
      if (!find_cue(id, from, match)) return;
      blocked_.emplace_back(match, cue.kinds);
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
    for (const auto& [blocked, kinds] : blocked_) {
      if ((kinds & bit_of(cue.kind)) != 0 && overlap(match, blocked)) return false;
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
    Found found;
    found.cue = {line_.places[begin].begin, line_.places[end].end};
    Span span = clause(begin, end, found.clause);
    found.reported = reported_from(line_.place_at(found.clause.begin));
    std::size_t known = out_.statements.size();
    for (std::size_t i = first_of_sentence_; i < known; ++i) {
      const StatementSpan& other = out_.statements[i];
      bool apart = other.span.end <= span.begin || span.end <= other.span.begin;
      if (other.kind == cue.kind && !apart) return;
    }
    if (known - first_of_sentence_ >= kMostPerSentence) return;
    Span stated{word(begin).span.begin, word(end).span.end};
    out_.statements.push_back(
        {cue.kind, topic(stated, begin, end, span, themes), span, Holder::author, Tense::present});
    found_.push_back(found);
    if (why_ == nullptr) return;
    std::string rule = "cue " + std::string(name_of(cue.kind)) + ": ";
    rule += text_.text.substr(stated.begin, stated.end - stated.begin);
    why_->push_back({stated, std::move(rule), 1.0F});
  }

  const Word& word(std::size_t place) const { return text_.words[line_.first + place]; }

  // The clause around words [begin, end] of the line, in the text and `in_line`.
  Span clause(std::size_t begin, std::size_t end, Span& in_line) const {
    const std::size_t cue_begin = begin, cue_end = end;
    while (begin > 0 && !line_.places[begin].breaks &&
           word(cue_begin).span.begin - word(begin - 1).span.begin <= kLongestLead) {
      --begin;
    }
    if (begin > 0 && !line_.places[begin].breaks) begin = cue_begin;
    std::size_t from = word(begin).span.begin;
    while (end + 1 < line_.places.size() && word(end + 1).span.end - from <= kLongestSpan &&
           (!line_.places[end + 1].breaks || end - cue_end < kFewestAfterCue)) {
      ++end;
    }
    in_line = {line_.places[begin].begin, line_.places[end].end};
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
  std::vector<std::pair<std::uint32_t, std::uint32_t>> starts_;  // pattern and byte of its key
  std::vector<std::uint32_t> beside_;  // per pattern: the last sentence with a word it needs
  std::vector<std::pair<std::uint32_t, Span>> matched_;  // cue and where in line_.text
  Kinds matched_kinds_ = 0;
  std::vector<std::pair<Span, Kinds>> blocked_;  // bytes of line_.text
  std::vector<Found> found_;                     // beside the statements of this sentence
  CueLine line_;
  std::size_t first_of_sentence_ = 0;
};

// Names the topics of statements that no cue found: the theme in the stretch, else the first term
// in it, else the theme nearest to it in its sentence, else the first content words of the stretch.
class TopicNames {
 public:
  TopicNames(const Cues::Parts& parts, const Prepared& text, const std::vector<PhraseHit>& themes,
             std::span<const Span> terms)
      : parts_(parts), text_(text), themes_(themes), terms_(terms) {}

  std::string of(const Span& span) const {
    const auto first = std::ranges::lower_bound(text_.words, span.begin, {},
                                                [](const Word& word) { return word.span.begin; });
    if (first == text_.words.end()) return {};
    const PhraseHit* nearest = nullptr;
    std::int64_t best = 0;
    for (const PhraseHit& hit : themes_) {
      if (hit.tag == ThemeWords::kNoTheme || hit.sentence != first->sentence) continue;
      const std::int64_t away = std::max<std::int64_t>(
          {0, std::int64_t{hit.span.begin} - span.end, std::int64_t{span.begin} - hit.span.end});
      if (nearest != nullptr && away >= best) continue;
      nearest = &hit;
      best = away;
    }
    if (nearest != nullptr && best == 0) return theme_names()[nearest->tag];
    for (const Span& term : terms_) {
      if (term.begin < span.begin || term.end > span.end) continue;
      if (std::string name = words_in(term); !name.empty()) return name;
    }
    return nearest != nullptr ? theme_names()[nearest->tag] : words_in(span);
  }

 private:
  // The first words of a stretch that name something.
  std::string words_in(const Span& span) const {
    std::string out;
    std::size_t found = 0;
    std::uint32_t behind = 0;  // where the last word ended: scripts without blanks get none
    auto word = std::ranges::lower_bound(text_.words, span.begin, {},
                                         [](const Word& each) { return each.span.begin; });
    for (; word != text_.words.end() && word->span.end <= span.end; ++word) {
      if (found == kTopicWords) break;
      if (parts_.names_nothing(word->folded)) continue;
      if (found++ > 0 && word->span.begin != behind) out += ' ';
      behind = word->span.end;
      out += word->folded;
    }
    return out;
  }

  const Cues::Parts& parts_;
  const Prepared& text_;
  const std::vector<PhraseHit>& themes_;
  std::span<const Span> terms_;
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
  find(PlainWords(text), {}, out, why);
}

void Cues::find(const PlainWords& words, std::span<const OfferFinding> offers, CueFindings& out,
                std::vector<Reason>* why) const {
  out.statements.clear();
  out.aspects.clear();
  std::vector<PhraseHit> themes;
  parts_->themes.phrases.find(words, PhraseMode::longest, themes);
  StatementFinder(*parts_, words, out, why).find(themes);
  find_aspects(themes, out.aspects);
  std::tie(out.price_talk, out.value_talk) = parts_->talk.scores(words, offers, why);
}

void Cues::find_statements(const PlainWords& words, CueFindings& out,
                           std::vector<Reason>* why) const {
  out.statements.clear();
  StatementFinder(*parts_, words, out, why).find({});
}

void Cues::find_around(const PlainWords& words, const FoundBefore& before,
                       std::vector<StatementSpan> statements, CueFindings& out,
                       std::vector<Reason>* why) const {
  out.aspects.clear();
  std::vector<PhraseHit> themes;
  parts_->themes.phrases.find(words, PhraseMode::longest, themes);
  const TopicNames topics(*parts_, words.text, themes, before.terms);
  for (StatementSpan& each : statements) each.topic = topics.of(each.span);
  out.statements = std::move(statements);
  find_aspects(themes, out.aspects);
  std::tie(out.price_talk, out.value_talk) = parts_->talk.scores(words, before.offers, why);
}

void Cues::name_topics(const PlainWords& words, std::span<const Span> terms,
                       std::vector<StatementSpan>& statements) const {
  if (statements.empty()) return;
  std::vector<PhraseHit> themes;
  parts_->themes.phrases.find(words, PhraseMode::longest, themes);
  const TopicNames topics(*parts_, words.text, themes, terms);
  for (StatementSpan& each : statements) each.topic = topics.of(each.span);
}

bool Cues::is_stop_word(std::string_view folded) const { return parts_->stops(folded); }

}  // namespace plumbline
