#include "nlp/resonance.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"
#include "base/words.h"
#include "nlp/claim_terms.h"
#include "nlp/pattern_file.h"
#include "nlp/prepared.h"

namespace plumbline {
namespace {

using Side = ClaimMatcher::Side;

constexpr double kPhraseWeight = 1.5;    // a turn of phrase tells more than a word
constexpr double kDurationWeight = 0.8;  // and a time less
constexpr double kEnough = 0.65;         // of a wording's weight
constexpr double kEnoughToDeny = 0.5;    // where the sentence plainly denies
constexpr double kLonger = 1.15;         // times the promised time is still keeping it
constexpr double kNegative = -0.6;       // sentiment score that breaks a tie
constexpr std::size_t kWindow = 30;      // terms that may stand for one statement
constexpr std::size_t kNegatedWords = 3;
constexpr std::size_t kAgainstReach = 6;
constexpr std::size_t kHedgeReach = 4;
constexpr std::size_t kShortDocument = 2;  // sentences

// What is feared, hoped or supposed is neither said nor denied: "I'm afraid they will add a
// subscription".
constexpr std::string_view kHedges[] = {"if",    "afraid", "worried", "fear",  "hope",  "would",
                                        "might", "unless", "wenn",    "falls", "angst", "si",
                                        "miedo", "could",  "whether", "ob",    "when",  "want"};

Side make_side(std::string_view wording) {
  Side side;
  if (is_unspaced(wording)) {
    side.unspaced = std::string(trim(wording));
    side.weight = 1;
    return side;
  }
  Prepared text;
  prepare(wording, text);
  std::vector<ClaimTerm> terms;
  claim_terms(text, 0, static_cast<std::uint32_t>(text.words.size()), terms);
  for (const ClaimTerm& term : terms) {
    if (term.kind == ClaimTerm::Kind::negation) side.negated = true;
    if (term.kind == ClaimTerm::Kind::duration) side.hours = term.hours;
    if (term.kind != ClaimTerm::Kind::content) continue;
    bool phrase = term.last > term.first || term.name == "payback";
    side.terms.push_back({term.name, term.opposite, phrase ? kPhraseWeight : 1.0});
    side.weight += side.terms.back().weight;
  }
  if (side.hours > 0) side.weight += kDurationWeight;
  side.whole = side.terms.size() + (side.hours > 0 ? 1 : 0) <= 2;
  return side;
}

// How one window of a sentence meets one wording.
struct Meeting {
  double coverage = 0;
  bool denies = false;
  bool decided = false;  // something in the words said whether it denies
};

class ClaimReader {
 public:
  explicit ClaimReader(const Prepared& text) : text_(text) {}

  void read(std::uint32_t first, std::uint32_t last) { claim_terms(text_, first, last, terms_); }

  // The best meeting of any window of the sentence.
  Meeting meet(const Side& side) const {
    Meeting best;
    for (std::size_t from = 0; from < terms_.size(); from += kWindow / 2) {
      Meeting found = meet(side, from, std::min(terms_.size(), from + kWindow));
      if (found.coverage > best.coverage) best = found;
      if (from + kWindow >= terms_.size()) break;
    }
    return best;
  }

 private:
  Meeting meet(const Side& side, std::size_t from, std::size_t to) const {
    Meeting out;
    double covered = 0;
    std::size_t content = 0;
    bool negated = false, opposite = false, against = false, hedged = false;
    for (const Side::Term& wanted : side.terms) {
      std::size_t at = find(wanted, side.negated, from, to);
      if (at == to) continue;
      covered += wanted.weight;
      ++content;
      opposite ^= terms_[at].opposite != wanted.opposite;
      negated = negated || negates(at, from, to);
      against = against || near_against(at, from, to);
      hedged = hedged || hedges(at, from);
    }
    if (side.terms.size() > 0 && content == 0) return out;
    double hours = side.hours > 0 ? duration(side, from, to) : 0;
    if (hours > 0) covered += kDurationWeight;
    out.coverage = covered / side.weight;
    bool longer = hours > side.hours * kLonger && !praises_speed(from, to);
    out.denies = (negated != side.negated) != opposite;
    if (hours > 0 && !negated) out.denies = longer;
    if (against && !(side.negated && negated)) out.denies = true;
    out.decided = out.denies || negated || opposite || hours > 0;
    bool enough = out.coverage >= (out.denies && !side.negated ? kEnoughToDeny : kEnough);
    if (side.whole && side.terms.size() != 1) enough = out.coverage > 0.99;
    if (side.whole && side.terms.size() == 1 && side.hours > 0) {
      enough = out.coverage > 0.99 || out.denies || out.coverage >= kEnough;
    }
    if (!enough || hedged) return Meeting{};
    return out;
  }

  // Where the term stands, best where it is negated as in the claim; `to` where it does not.
  std::size_t find(const Side::Term& wanted, bool negated, std::size_t from, std::size_t to) const {
    std::size_t first = to;
    for (std::size_t i = from; i < to; ++i) {
      if (terms_[i].name.empty() || terms_[i].name != wanted.name) continue;
      if (negates(i, from, to) == negated) return i;
      if (first == to) first = i;
    }
    return first;
  }

  // "Quick delivery this time": praise of speed outweighs a long time named beside it.
  bool praises_speed(std::size_t from, std::size_t to) const {
    for (std::size_t i = from; i < to; ++i) {
      if (terms_[i].name == "fast" && !terms_[i].opposite && !negates(i, from, to)) return true;
    }
    return false;
  }

  bool negates(std::size_t at, std::size_t from, std::size_t to) const {
    std::size_t begin = at - std::min(at - from, kNegatedWords);
    for (std::size_t i = begin; i < std::min(to, at + 2); ++i) {
      if (terms_[i].kind == ClaimTerm::Kind::negation) return true;
    }
    return false;
  }

  bool near_against(std::size_t at, std::size_t from, std::size_t to) const {
    std::size_t begin = at - std::min(at - from, kAgainstReach);
    for (std::size_t i = begin; i < std::min(to, at + kAgainstReach + 1); ++i) {
      if (terms_[i].kind == ClaimTerm::Kind::against) return true;
    }
    return false;
  }

  bool hedges(std::size_t at, std::size_t from) const {
    std::string scratch;
    for (std::size_t i = at - std::min(at - from, kHedgeReach); i < at; ++i) {
      std::string_view word = plain(text_.words[terms_[i].first].folded, scratch);
      for (std::string_view hedge : kHedges) {
        if (word == hedge) return true;
      }
    }
    return false;
  }

  // The time that the window names: one within the promise if there is one, else the shortest. A
  // wording that is nothing but a time must be met exactly.
  double duration(const Side& side, std::size_t from, std::size_t to) const {
    double best = 0;
    for (std::size_t i = from; i < to; ++i) {
      if (terms_[i].kind != ClaimTerm::Kind::duration) continue;
      double hours = terms_[i].hours;
      if (terms_[i].soft && hours > side.hours * kLonger) continue;
      if (side.terms.empty() && std::abs(hours - side.hours) > 0.01 * side.hours) continue;
      if (best == 0 || hours < best) best = hours;
    }
    return best;
  }

  const Prepared& text_;
  std::vector<ClaimTerm> terms_;
};

// +1 or -1 where the question that begins with word `first` is answered from word `next_word` on, 0
// where it is not.
int answered(const Prepared& text, std::uint32_t first, std::uint32_t next_word) {
  if (next_word >= text.words.size() || asks_openly(plain(text.words[first].folded))) return 0;
  return answer_of(plain(text.words[next_word].folded));
}

bool is_question(const Prepared& text, const Span& span) {
  std::string_view sentence = text.text.substr(span.begin, span.end - span.begin);
  return ends_with_question_mark(sentence);
}

Span span_of(const Prepared& text, std::uint32_t sentence) {
  const Piece& piece = text.sentences[sentence];
  Span span{piece.begin, piece.end};
  while (span.end > span.begin && text.text[span.end - 1] == ' ') --span.end;
  return span;
}

void keep_best(std::vector<std::optional<Resonance>>& best, const Resonance& found) {
  std::optional<Resonance>& known = best[static_cast<std::size_t>(found.claim)];
  if (!known || found.strength > known->strength) known = found;
}

}  // namespace

ClaimMatcher::ClaimMatcher(const std::vector<Claim>& claims) {
  for (const Claim& claim : claims) {
    std::vector<Side>& sides = sides_.emplace_back();
    std::vector<std::string>& words = words_.emplace_back();
    std::vector<std::string> wordings = {claim.text};
    wordings.insert(wordings.end(), claim.words.begin(), claim.words.end());
    for (const std::string& wording : wordings) {
      Side side = make_side(wording);
      if (side.weight <= 0) continue;
      for (const Side::Term& term : side.terms) {
        std::vector<std::string> more = words_of_term(term.name);
        words.insert(words.end(), more.begin(), more.end());
      }
      if (!side.unspaced.empty()) words.push_back(side.unspaced);
      if (side.terms.empty() && side.unspaced.empty()) {
        Prepared text;
        prepare(wording, text);
        for (const Word& word : text.words) words.push_back(plain(word.folded));
      }
      sides.push_back(std::move(side));
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
  }
}

std::vector<Resonance> ClaimMatcher::match(const Document& document,
                                           const Analysis& analysis) const {
  Prepared text;
  prepare(document.text, text);
  std::vector<std::optional<Resonance>> best(sides_.size());
  ClaimReader reader(text);
  const bool sad = analysis.scored && analysis.sentiment.score < kNegative &&
                   text.sentences.size() <= kShortDocument;
  for (std::uint32_t w = 0; w < text.words.size();) {
    const std::uint32_t sentence = text.words[w].sentence;
    std::uint32_t last = w + 1;
    while (last < text.words.size() && text.words[last].sentence == sentence) ++last;
    const Span span = span_of(text, sentence);
    const int answer = is_question(text, span) ? answered(text, w, last) : 1;
    reader.read(w, last);
    for (std::size_t claim = 0; answer != 0 && claim < sides_.size(); ++claim) {
      for (const Side& side : sides_[claim]) {
        Meeting found;
        if (!side.unspaced.empty()) {
          std::string_view whole = text.text.substr(span.begin, span.end - span.begin);
          found.coverage = whole.find(side.unspaced) == std::string_view::npos ? 0 : 1;
        } else {
          found = reader.meet(side);
        }
        if (found.coverage <= 0) continue;
        bool denies = answer < 0 || found.denies || (!found.decided && !side.negated && sad);
        keep_best(best, {static_cast<int>(claim), std::min(1.0, found.coverage), denies, span});
      }
    }
    w = last;
  }
  std::vector<Resonance> out;
  for (const auto& found : best) {
    if (found) out.push_back(*found);
  }
  return out;
}

}  // namespace plumbline
