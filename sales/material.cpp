#include "sales/material.h"

#include <algorithm>
#include <unordered_set>

#include "base/text.h"
#include "sales/evidence.h"

namespace plumbline {
namespace {

bool letter_or_digit(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
}

// `name` as a word of its own in `text`, both lower case. Scripts without blanks need no borders.
bool names(std::string_view text, std::string_view name) {
  if (name.empty()) return false;
  const bool open = static_cast<unsigned char>(name.front()) >= 0x80;
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::size_t behind = at + name.size();
    if (open) return true;
    if ((at == 0 || !letter_or_digit(text[at - 1]) ||
         static_cast<unsigned char>(text[at - 1]) >= 0x80) &&
        (behind == text.size() || !letter_or_digit(text[behind]) ||
         static_cast<unsigned char>(text[behind]) >= 0x80))
      return true;
  }
  return false;
}

// Equal for texts that differ in case, blanks and ASCII punctuation only.
std::uint64_t plain_hash(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (const char c : text) {
    const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (letter_or_digit(low)) plain += low;
  }
  return plain.empty() ? hash64(text, 1) : hash64(plain);
}

struct BrandNames {
  std::string us;
  std::vector<std::string> rivals;
};

BrandNames lower_names(const BriefInput& input) {
  BrandNames out{ascii_lower(input.brand), {}};
  for (const std::string& rival : input.competitors) out.rivals.push_back(ascii_lower(rival));
  return out;
}

void find_side(Item& item, const BriefInput& input, const BrandNames& brands) {
  const Document& document = item.own->document;
  const std::string text = ascii_lower(document.text);
  item.names_us = names(text, brands.us);
  int named = item.names_us ? 1 : 0;
  std::string_view first_rival;
  for (std::size_t i = 0; i < brands.rivals.size(); ++i)
    if (names(text, brands.rivals[i])) {
      if (first_rival.empty()) first_rival = input.competitors[i];
      ++named;
    }
  item.names_several = named > 1;
  item.names_rival = !first_rival.empty();
  if (!document.brand.empty() && iequals_ascii(document.brand, input.brand)) {
    item.side = Side::us;
    return;
  }
  for (const std::string& rival : input.competitors)
    if (!document.brand.empty() && iequals_ascii(document.brand, rival)) {
      item.side = Side::them;
      item.rival = rival;
      return;
    }
  if (item.names_us) {
    item.side = Side::us;
  } else if (!first_rival.empty()) {
    item.side = Side::them;
    item.rival = first_rival;
  }
}

// The first sentence that asks something and names us.
Span question_to_us(std::string_view text, const BrandNames& brands) {
  for (std::size_t at = 0; at < text.size();) {
    const auto offset = static_cast<std::uint32_t>(at);
    const Span sentence = sentence_around(text, {offset, offset + 1});
    at = std::max<std::size_t>(at + 1, sentence.end);
    const std::string_view words = text.substr(sentence.begin, sentence.end - sentence.begin);
    const std::uint32_t cues = sales_lexicon().find(words);
    if ((cues & kCueQuestion) != 0 && (cues & kCueSpecial) == 0 &&
        names(ascii_lower(words), brands.us))
      return sentence;
  }
  return {};
}

double identity_of(const Document& document, const Person& person) {
  for (const Account& account : person.accounts)
    if (account.source == document.source && account.handle == document.author.handle)
      return std::clamp(account.probability, 0.0, 1.0);
  return 1;
}

bool newer(const Item& a, const Item& b) {
  const Document &left = a.own->document, &right = b.own->document;
  if (left.published_at != right.published_at) return left.published_at > right.published_at;
  if (left.source != right.source) return left.source < right.source;
  return left.id < right.id;
}

bool touches_special(std::string_view text) {
  return !text.empty() && is_utf8(text) && (sales_lexicon().find(text) & kCueSpecial) != 0;
}

// Keeps the oldest of equal texts, so that saying a thing again makes it no younger.
void drop_repeats(Material& material) {
  std::unordered_set<std::uint64_t> seen;
  std::vector<Item> kept;
  kept.reserve(material.items.size());
  for (auto item = material.items.rbegin(); item != material.items.rend(); ++item) {
    if (item->own->copy || !seen.insert(plain_hash(item->own->document.text)).second)
      ++material.copies;
    else
      kept.push_back(*item);
  }
  std::reverse(kept.begin(), kept.end());
  material.items = std::move(kept);
}

// `low` in lower case.
bool names_brand(std::string_view low, const BriefInput& input) {
  return names(low, ascii_lower(input.brand)) ||
         std::any_of(input.products.begin(), input.products.end(),
                     [&](const std::string& product) { return names(low, ascii_lower(product)); });
}

}  // namespace

bool names_us_near(std::string_view text, Span span, const BriefInput& input) {
  const Span sentence = sentence_around(text, span);
  std::size_t begin = sentence.begin;
  while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\n')) --begin;
  const auto before = static_cast<std::uint32_t>(begin);
  if (before > 0) begin = sentence_around(text, {before - 1, before}).begin;
  return names_brand(ascii_lower(text.substr(begin, sentence.end - begin)), input);
}

Span sentence_on_us(std::string_view text, const BriefInput& input) {
  for (std::size_t at = 0; at < text.size();) {
    const auto offset = static_cast<std::uint32_t>(at);
    const Span sentence = sentence_around(text, {offset, offset + 1});
    at = std::max<std::size_t>(at + 1, sentence.end);
    const std::string_view words = slice(text, sentence);
    if (names_brand(ascii_lower(words), input) && (sales_lexicon().find(words) & kCueSpecial) == 0)
      return sentence;
  }
  return {};
}

Side side_of(std::string_view text, const BriefInput& input, std::string_view& rival) {
  const std::string low = ascii_lower(text);
  if (names_brand(low, input)) return Side::us;
  for (const std::string& name : input.competitors)
    if (names(low, ascii_lower(name))) {
      rival = name;
      return Side::them;
    }
  return Side::nobody;
}

Material gather_material(const BriefInput& input) {
  Material material;
  material.items.reserve(input.documents.size());
  for (const OwnDocument& own : input.documents) {
    const Document& document = own.document;
    if (document.published_at != kNoTime && input.now != kNoTime &&
        document.published_at > input.now) {
      ++material.later;
      continue;
    }
    ++material.documents;
    if (document.published_at == kNoTime)
      ++material.undated;
    else
      material.times.push_back(document.published_at);
    if (own.analysis.version.empty()) ++material.not_analysed;
    if (trim(document.text).empty() || !is_utf8(document.text))
      ++material.unreadable;
    else
      material.items.push_back({&own,
                                identity_of(document, input.person),
                                0,
                                Side::nobody,
                                {},
                                false,
                                false,
                                false,
                                {},
                                false});
  }
  std::sort(material.times.begin(), material.times.end());
  if (!material.times.empty()) {
    material.oldest = material.times.front();
    material.newest = material.times.back();
  }
  if (!std::is_sorted(material.items.begin(), material.items.end(), newer))
    std::sort(material.items.begin(), material.items.end(), newer);
  drop_repeats(material);
  const BrandNames brands = lower_names(input);
  for (Item& item : material.items) {
    const Document& document = item.own->document;
    item.cues = sales_lexicon().find(document.text);
    item.special_frame = touches_special(document.title) || touches_special(document.url);
    if (item.special_frame) item.cues |= kCueSpecial;
    find_side(item, input, brands);
    if (item.side == Side::us && item.names_us && !item.names_several &&
        (item.cues & kCueQuestion) != 0)
      item.question = question_to_us(document.text, brands);
  }
  return material;
}

}  // namespace plumbline
