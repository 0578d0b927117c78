// Offers and discounts that a text says there are: the phrases of offers.txt beside the amounts and
// percentages of the text.
#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <utility>

#include "base/text.h"
#include "nlp/entities.h"

namespace plumbline {
namespace {

constexpr std::uint32_t kDenyReach = 5;    // words before an offer
constexpr std::uint32_t kOverReach = 5;    // words after it
constexpr std::uint32_t kWidestBlank = 3;  // bytes
constexpr std::size_t kShortestCode = 3, kLongestCode = 24;

// Capitals and digits, as shops print them.
bool looks_like_code(std::string_view word) {
  if (word.size() < kShortestCode || word.size() > kLongestCode) return false;
  int upper = 0, digits = 0, small = 0;
  for (const char c : word) {
    upper += is_upper(c) ? 1 : 0;
    digits += is_digit(c) ? 1 : 0;
    small += c >= 'a' && c <= 'z' ? 1 : 0;
  }
  const bool plain = static_cast<std::size_t>(upper + digits + small) == word.size();
  return plain && ((small == 0 && upper >= 2) || (digits > 0 && upper + small >= 2));
}

class OfferReader {
 public:
  OfferReader(const PlainWords& words, const std::vector<EntityHit>& hits,
              const EntityLanguage& language, const std::vector<EntityFinding>& entities,
              const std::vector<Percentage>& percents, std::vector<OfferFinding>& out)
      : words_(words),
        text_(words.text),
        hits_(hits),
        language_(language),
        entities_(entities),
        percents_(percents),
        out_(out) {}

  void read() {
    for (const EntityHit& hit : hits_) {
      switch (hit.entry->sort) {
        case EntityWord::offer: plain_offer(hit); break;
        case EntityWord::offer_after:
        case EntityWord::offer_before: number_offer(hit); break;
        case EntityWord::offer_code: code_offer(hit, true); break;
        case EntityWord::no_offer: {
          const std::uint32_t end = none_.empty() ? 0 : none_.rbegin()->second;
          none_[hit.span.begin] = std::max(end, hit.span.end);
          break;
        }
        case EntityWord::wished:
          wished_.emplace(text_.words[hit.first].sentence, hit.span.begin);
          break;
        default: break;
      }
    }
    for (const Percentage& percent : percents_)
      if (percent.minus && is_cut(percent)) add_percent(percent, percent.span);
    drop_overlaps();
    std::erase_if(out_, [this](const OfferFinding& offer) { return is_none(offer); });
  }

 private:
  std::string_view between(std::uint32_t from, std::uint32_t to) const {
    return from <= to ? text_.text.substr(from, to - from) : std::string_view();
  }

  static bool is_blank(std::string_view gap) {
    return gap.empty() || gap == " " || gap == "\u00A0" || gap == "\u202F" || gap == "-";
  }

  void add(OfferKind kind, Span span) {
    OfferFinding offer;
    offer.kind = kind;
    offer.span = span;
    out_.push_back(std::move(offer));
  }

  void add_percent(const Percentage& percent, Span span) {
    if (percent.value <= 0 || percent.value > 100) return;
    add(OfferKind::percent, span);
    out_.back().percent = percent.value;
  }

  void plain_offer(const EntityHit& hit) {
    if (hit.entry->offer == OfferKind::code) return code_offer(hit, false);
    if (hit.entry->offer == OfferKind::bundle && !is_bundle(hit)) return;
    add(hit.entry->offer, hit.span);
  }

  // "3 for 2", not "2 for 5": more than is paid for, and few.
  bool is_bundle(const EntityHit& hit) const {
    int numbers[2] = {0, 0}, count = 0;
    for (std::uint32_t i = hit.first; i <= hit.last; ++i) {
      const std::string_view word = words_.words[i];
      if (!is_digit(word.front())) {
        const double* number = language_.number(word);
        if (number != nullptr && count < 2) numbers[count++] = static_cast<int>(*number);
        continue;
      }
      if (word.size() > 2) return word.size() == 3 && word[1] == 'x' && word[0] > word[2];
      int value = 0;
      for (const char c : word)
        if (is_digit(c)) value = value * 10 + (c - '0');
      if (count < 2) numbers[count++] = value;
    }
    return count < 2 || hit.last - hit.first != 2 ||
           (numbers[0] > numbers[1] && numbers[0] <= 12 && numbers[1] > 0);
  }

  // A percentage or money right before "off", or right after "save".
  void number_offer(const EntityHit& hit) {
    const bool after = hit.entry->sort == EntityWord::offer_after;
    const auto joined = [&](Span span) {
      return after ? span.end <= hit.span.begin && is_blank(between(span.end, hit.span.begin))
                   : hit.span.end <= span.begin && is_blank(between(hit.span.end, span.begin));
    };
    const auto near = [&](const auto& found) {  // the first that may be; they are in text order
      return std::partition_point(found.begin(), found.end(), [&](const auto& each) {
        return after ? each.span.end + kWidestBlank < hit.span.begin
                     : each.span.begin < hit.span.end;
      });
    };
    const auto reach = after ? hit.span.begin : hit.span.end + kWidestBlank;
    for (auto at = near(percents_); at != percents_.end() && at->span.begin <= reach; ++at)
      if (joined(at->span)) return add_percent(*at, whole(at->span, hit.span));
    for (auto at = near(entities_); at != entities_.end() && at->span.begin <= reach; ++at) {
      if (at->kind != EntityKind::money || !joined(at->span)) continue;
      add(OfferKind::amount, whole(at->span, hit.span));
      out_.back().amount = at->amount;
      out_.back().currency = at->currency;
      return;
    }
  }

  static Span whole(Span a, Span b) { return {std::min(a.begin, b.begin), std::max(a.end, b.end)}; }

  // "promo code SAVE10", "code: SAVE10", "code promo \"SAVE10\"".
  void code_offer(const EntityHit& hit, bool needed) {
    Span span = hit.span;
    std::string code;
    if (hit.last + 1 < text_.words.size()) {
      const Span& next = text_.words[hit.last + 1].span;
      const std::string_view gap = between(hit.span.end, next.begin);
      const std::string_view word = between(next.begin, next.end);
      if (gap.size() <= 8 && gap.find('.') == std::string_view::npos && looks_like_code(word)) {
        code = word;
        span.end = next.end;
      }
    }
    if (code.empty() && needed) return;
    add(OfferKind::code, span);
    out_.back().code = std::move(code);
  }

  bool is_cut(const Percentage& percent) const {
    const std::uint32_t next = word_from(text_, percent.span.end);
    return next < words_.words.size() && language_.is(words_.words[next], SideWord::cut);
  }

  // The longest of those that overlap stays; numbers before words.
  void drop_overlaps() {
    const auto strength = [](const OfferFinding& offer) {
      const bool number = offer.kind == OfferKind::percent || offer.kind == OfferKind::amount;
      return std::pair(number || !offer.code.empty() ? 1 : 0, offer.span.end - offer.span.begin);
    };
    std::stable_sort(out_.begin(), out_.end(), [&](const OfferFinding& a, const OfferFinding& b) {
      return strength(a) > strength(b);
    });
    std::vector<OfferFinding> kept;
    std::map<std::uint32_t, std::uint32_t> taken;  // begin and end of those kept
    bool has_code = false;
    for (OfferFinding& offer : out_) {
      if (offer.kind == OfferKind::code && offer.code.empty() && has_code) continue;
      const auto behind = taken.lower_bound(offer.span.end);
      if (behind != taken.begin() && std::prev(behind)->second > offer.span.begin) continue;
      taken.emplace(offer.span.begin, offer.span.end);
      has_code = has_code || offer.kind == OfferKind::code;
      kept.push_back(std::move(offer));
    }
    std::stable_sort(kept.begin(), kept.end(), [](const OfferFinding& a, const OfferFinding& b) {
      return a.span.begin < b.span.begin;
    });
    out_ = std::move(kept);
  }

  bool is_none(const OfferFinding& offer) {
    const std::uint32_t first = word_from(text_, offer.span.begin);
    const std::uint32_t behind = word_from(text_, offer.span.end);
    if (first >= text_.words.size()) return false;
    const std::uint32_t sentence = text_.words[first].sentence;
    const auto wished = wished_.find(sentence);
    if (wished != wished_.end() && wished->second < offer.span.begin) return true;
    const auto after = none_.lower_bound(offer.span.end);
    if (after != none_.begin() && std::prev(after)->second > offer.span.begin) return true;
    return is_denied(first) || is_over(behind, sentence) || is_asked(first, sentence);
  }

  bool is_denied(std::uint32_t first) const {
    for (std::uint32_t i = first; i > 0 && first - i < kDenyReach; --i) {
      const std::uint32_t at = i - 1;
      if (text_.words[at].sentence != text_.words[first].sentence) return false;
      const std::string_view gap = between(text_.words[at].span.end, text_.words[i].span.begin);
      if (gap.find_first_of(",;:.!?()") != std::string_view::npos) return false;
      if (!language_.is(words_.words[at], SideWord::deny)) continue;
      return !language_.is(words_.words[i], SideWord::only);
    }
    return false;
  }

  bool is_over(std::uint32_t behind, std::uint32_t sentence) const {
    for (std::uint32_t i = behind; i < text_.words.size() && i < behind + kOverReach; ++i) {
      if (text_.words[i].sentence != sentence) return false;
      const std::uint32_t before = i > 0 ? text_.words[i - 1].span.end : 0;
      if (between(before, text_.words[i].span.begin).find_first_of(",;:.!?()") !=
          std::string_view::npos)
        return false;
      if (language_.is(words_.words[i], SideWord::over)) return true;
    }
    return false;
  }

  // Behind a word that asks, in a sentence with a question mark.
  bool is_asked(std::uint32_t first, std::uint32_t sentence) {
    if (asked_sentence_ != sentence) {
      asked_sentence_ = sentence;
      asked_from_ = first_that_asks(sentence);
    }
    return asked_from_ <= first;
  }

  std::uint32_t first_that_asks(std::uint32_t sentence) const {
    constexpr std::uint32_t kNone = UINT32_MAX;
    const Piece& piece = text_.sentences[sentence];
    if (!holds_question_mark(between(piece.begin, piece.end))) return kNone;
    const auto begin = std::ranges::lower_bound(text_.words, sentence, {},
                                                [](const auto& word) { return word.sentence; });
    for (auto i = static_cast<std::uint32_t>(begin - text_.words.begin());
         i < text_.words.size() && text_.words[i].sentence == sentence; ++i)
      if (language_.is(words_.words[i], SideWord::ask)) return i;
    return kNone;
  }

  const PlainWords& words_;
  const Prepared& text_;
  const std::vector<EntityHit>& hits_;
  const EntityLanguage& language_;
  const std::vector<EntityFinding>& entities_;
  const std::vector<Percentage>& percents_;
  std::vector<OfferFinding>& out_;
  // What only looks like an offer: begin, and the last end of those up to it.
  std::map<std::uint32_t, std::uint32_t> none_;
  std::map<std::uint32_t, std::uint32_t> wished_;  // by sentence, where its first wish begins
  std::uint32_t asked_sentence_ = UINT32_MAX, asked_from_ = 0;
};

}  // namespace

void find_offers(const PlainWords& words, const std::vector<EntityHit>& hits,
                 const EntityLanguage& language, const std::vector<EntityFinding>& entities,
                 const std::vector<Percentage>& percents, std::vector<OfferFinding>& out) {
  OfferReader(words, hits, language, entities, percents, out).read();
}

}  // namespace plumbline
