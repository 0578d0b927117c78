#include "nlp/entities.h"

#include <algorithm>
#include <utility>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "nlp/pattern_file.h"

namespace plumbline {
namespace {

constexpr std::uint32_t kLongestName = 3;  // words after a title or first name

bool begins_upper(std::string_view text) {
  if (text.empty()) return false;
  UChar32 point = 0;
  std::int64_t i = 0;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), i,
          static_cast<std::int64_t>(text.size()), point);
  return point >= 0 && u_isupper(point) != 0;
}

std::uint32_t first_character(std::string_view text) {
  std::int64_t end = 0;
  U8_FWD_1(reinterpret_cast<const std::uint8_t*>(text.data()), end,
           static_cast<std::int64_t>(text.size()));
  return static_cast<std::uint32_t>(end);
}

bool is_katakana(std::string_view text) {
  return text >= "\u30A1" && text < "\u3100" && !text.starts_with("\u30FB");
}

// People and places of one text. Where letters have no capitals, only listed names count.
class NameReader {
 public:
  NameReader(const PlainWords& words, const std::vector<EntityHit>& hits,
             const EntityLanguage& language, std::vector<EntityFinding>& out)
      : words_(words), text_(words.text), hits_(hits), language_(language), out_(out) {}

  void read() {
    for (const EntityHit& hit : hits_) {
      if (is_unspaced(written(hit.span))) {
        unspaced(hit);
        continue;
      }
      switch (hit.entry->sort) {
        case EntityWord::title: titled(hit); break;
        case EntityWord::first_name: person(hit, true); break;
        case EntityWord::maybe_name:
        case EntityWord::last_name: person(hit, false); break;
        case EntityWord::title_after: titled_after(hit); break;
        case EntityWord::place: place(hit, true); break;
        case EntityWord::maybe_place: place(hit, false); break;
        default: break;
      }
    }
  }

 private:
  std::string_view written(Span span) const {
    return text_.text.substr(span.begin, span.end - span.begin);
  }
  std::string_view written(std::uint32_t word) const { return written(text_.words[word].span); }

  // Like a name: a capital first, not all capitals; without case: one of the lists.
  bool is_name(std::uint32_t word) {
    if (word >= text_.words.size()) return false;
    if (is_caseless(written(word)))
      return is_other(word, EntityWord::first_name) || is_other(word, EntityWord::maybe_name) ||
             is_other(word, EntityWord::last_name);
    return begins_upper(written(word)) && !text_.words[word].capitals;
  }

  std::string_view between(std::uint32_t word) const {  // it and the next
    const std::uint32_t end = text_.words[word].span.end;
    return text_.text.substr(end, text_.words[word + 1].span.begin - end);
  }

  // Whether a word is part of a hit of that sort, too.
  bool is_other(std::uint32_t word, EntityWord sort) {
    if (sorts_.empty()) {
      sorts_.resize(text_.words.size());
      for (const EntityHit& hit : hits_)
        for (std::uint32_t i = hit.first; i <= hit.last && hit.entry->cut == 0; ++i)
          sorts_[i] |= bit_of(hit.entry->sort);
    }
    return (sorts_[word] & bit_of(sort)) != 0;
  }
  static std::uint32_t bit_of(EntityWord sort) { return 1U << static_cast<unsigned>(sort); }

  // The last word of a name that goes on behind `word`; `word` itself where none follows.
  std::uint32_t name_end(std::uint32_t word, bool after_title) {
    std::uint32_t last = word;
    for (std::uint32_t i = word + 1; i < text_.words.size() && i <= word + kLongestName; ++i) {
      const std::string_view gap = between(i - 1);
      const bool first_after_title = after_title && i == word + 1;
      const bool joined = gap == " " || gap == "-" ||
                          (first_after_title && (gap == ". " || gap == "/" || gap == "/ "));
      if (!joined || !is_name(i)) break;
      if (is_other(i, EntityWord::month) || is_other(i, EntityWord::weekday) ||
          is_other(i, EntityWord::place))
        break;
      if (language_.is(words_.words[i], SideWord::at_place)) break;
      last = i;
      if (written(i).ends_with("'s") || written(i).ends_with("’s")) break;
    }
    return last;
  }

  void titled(const EntityHit& hit) {
    const std::uint32_t last = name_end(hit.last, true);
    if (last > hit.last) add(EntityKind::person, spanned(hit, last), {});
  }

  void person(const EntityHit& hit, bool alone) {
    const bool caseless = is_caseless(written(hit.first));
    if ((!caseless && !is_name(hit.first)) || is_other(hit.first, EntityWord::place)) return;
    if (caseless && hit.entry->sort == EntityWord::last_name) return;
    if (!out_.empty() && out_.back().kind == EntityKind::person &&
        out_.back().span.end >= hit.span.end)
      return;  // behind a title or another first name
    const std::uint32_t last = name_end(hit.last, false);
    if (last == hit.last && !alone) return;
    // Of two common words neither makes a name of the other.
    if (caseless && !alone && !is_other(hit.last + 1, EntityWord::first_name) &&
        !is_other(hit.last + 1, EntityWord::last_name))
      return;
    add(EntityKind::person, spanned(hit, last), {});
  }

  // "सुनीता जी"
  void titled_after(const EntityHit& hit) {
    std::uint32_t first = hit.first;
    while (first > 0 && hit.first - first < kLongestName && between(first - 1) == " " &&
           is_caseless(written(first - 1)) && is_name(first - 1))
      --first;
    if (first < hit.first)
      add(EntityKind::person, {text_.words[first].span.begin, hit.span.end}, {});
  }

  void place(const EntityHit& hit, bool alone) {
    const bool caseless = is_caseless(written(hit.first));
    if (!caseless && (!begins_upper(written(hit.first)) || !begins_upper(written(hit.last))))
      return;
    const std::string& name = hit.entry->name;
    const bool letters = name.size() <= 3 && !name.empty() && name.back() <= 'Z';  // "UK"
    if (text_.words[hit.first].capitals && !letters) return;
    const bool before = hit.first > 0 && between(hit.first - 1) == " " &&
                        language_.is(words_.words[hit.first - 1], SideWord::at_place);
    const bool at = before || (hit.last + 1 < text_.words.size() && between(hit.last) == " " &&
                               language_.is(words_.words[hit.last + 1], SideWord::at_after));
    if (!at && (!alone || is_other(hit.first, EntityWord::first_name))) return;
    // "Paris Hilton", "London Grill": part of a longer name unless a comma or the end follows.
    if (!at && hit.last + 1 < text_.words.size() && between(hit.last) == " " &&
        is_name(hit.last + 1) && !is_other(hit.last + 1, EntityWord::place))
      return;
    add(EntityKind::place, spanned(hit, hit.last), name);
  }

  // In running text a name counts where words begin and end, and nothing makes it a longer one.
  void unspaced(const EntityHit& hit) {
    const EntityWord sort = hit.entry->sort;
    if (sort != EntityWord::place && sort != EntityWord::first_name) return;
    const std::uint32_t next = word_from(text_, hit.span.end);
    if (text_.words[hit.first].span.begin != hit.span.begin ||
        text_.words[next - 1].span.end != hit.span.end)
      return;
    if (sort == EntityWord::first_name) {
      const std::uint32_t before = family_name_before(hit.span.begin);
      return add(EntityKind::person, {hit.span.begin - before, hit.span.end}, {});
    }
    const std::string_view behind = text_.text.substr(hit.span.end);
    if (is_katakana(written(hit.span)) && is_katakana(behind)) return;
    if (!language_.begins(behind, SideWord::place_part))
      add(EntityKind::place, hit.span, hit.entry->name);
  }

  // Bytes of a family name of two characters or more that ends at `at`: "山田" of "山田太郎さん".
  std::uint32_t family_name_before(std::uint32_t at) const {
    constexpr std::uint32_t kCharacterBytes = 3, kLongest = 4 * kCharacterBytes;
    if (language_.own == nullptr) return 0;
    for (std::uint32_t length = std::min(kLongest, at / kCharacterBytes * kCharacterBytes);
         length > kCharacterBytes; length -= kCharacterBytes)
      if (language_.own->unspaced_names.contains(text_.text.substr(at - length, length)))
        return length;
    return 0;
  }

  Span spanned(const EntityHit& hit, std::uint32_t last) const {
    Span span{hit.span.begin, text_.words[last].span.end};
    for (int i = 0; i < hit.entry->cut; ++i) span.begin += first_character(written(span));
    return span;
  }

  void add(EntityKind kind, Span span, std::string name) {
    EntityFinding finding;
    finding.kind = kind;
    finding.span = span;
    std::string_view whole = written(span);
    for (std::string_view behind : {"'s", "’s", "\u2069", "\u200F", "\u200E"}) {
      if (!whole.ends_with(behind)) continue;
      whole.remove_suffix(behind.size());
      finding.span.end -= static_cast<std::uint32_t>(behind.size());
    }
    finding.name = name.empty() ? std::string(whole) : std::move(name);
    out_.push_back(std::move(finding));
  }

  const PlainWords& words_;
  const Prepared& text_;
  const std::vector<EntityHit>& hits_;
  const EntityLanguage& language_;
  std::vector<EntityFinding>& out_;
  std::vector<std::uint32_t> sorts_;  // of each word, a bit by sort; empty until first asked for
};

// By begin; of those that overlap, the first, and of those that begin together the longest.
void keep_apart(std::vector<EntityFinding>& entities) {
  if (entities.size() < 2) return;
  std::stable_sort(entities.begin(), entities.end(),
                   [](const EntityFinding& a, const EntityFinding& b) {
                     if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
                     return a.span.end > b.span.end;
                   });
  std::uint32_t end = 0;
  std::erase_if(entities, [&end](const EntityFinding& entity) {
    if (entity.span.begin < end) return true;
    end = entity.span.end;
    return false;
  });
}

// What only looks like a name, a place or a day. Both are by begin.
void drop_look_alikes(const std::vector<EntityHit>& hits, std::vector<EntityFinding>& entities) {
  std::size_t next = 0;
  std::uint32_t reach = 0;  // the last end of those that begin no later than an entity
  std::erase_if(entities, [&](const EntityFinding& entity) {
    for (; next < hits.size() && hits[next].span.begin <= entity.span.begin; ++next)
      if (hits[next].entry->sort == EntityWord::no_name)
        reach = std::max(reach, hits[next].span.end);
    return entity.kind != EntityKind::money && reach > entity.span.begin;
  });
}

void add_hits(const std::vector<PhraseHit>& from, const EntityWords& words, const Prepared& text,
              std::vector<EntityHit>& out) {
  for (const PhraseHit& hit : from) {
    const std::uint32_t first = word_from(text, hit.span.begin);
    std::uint32_t last = word_from(text, hit.span.end);
    if (first >= text.words.size()) continue;  // inside unspaced text, behind the last word
    last = std::max(last, first + 1) - 1;
    out.push_back({&words.entries[hit.tag], hit.span, first, last});
  }
}

}  // namespace

void find_names(const PlainWords& words, const std::vector<EntityHit>& hits,
                const EntityLanguage& language, std::vector<EntityFinding>& out) {
  NameReader(words, hits, language, out).read();
}

Result<EntityFinder> EntityFinder::load(const LanguageFolders& folders) {
  EntityFinder out;
  const auto reader_of = [](const LanguageFolder& folder,
                            std::shared_ptr<const EntityWords> shared) {
    const auto content = [&folder](const char* name) {
      const auto found = folder.files.find(name);
      return found == folder.files.end() ? std::string() : found->second;
    };
    return [where = folder.where, entities = content("entities.txt"),
            offers = content("offers.txt"), shared = std::move(shared)] {
      return EntityWords::load(where, entities, offers, shared.get());
    };
  };
  if (const auto shared = folders.find(std::string(kSharedLanguage)); shared != folders.end())
    out.shared_ =
        std::make_shared<EntityWords>(PLUMBLINE_TRY(reader_of(shared->second, nullptr)()));
  for (const auto& [code, folder] : folders) {
    if (code == kSharedLanguage) continue;
    // What is built in has no mistakes (the tests read it all).
    out.languages_.emplace(code, PLUMBLINE_TRY(WhenAsked<EntityWords>::reading(
                                     !folder.built_in, reader_of(folder, out.shared_))));
  }
  return out;
}

void EntityFinder::find(const PlainWords& words, std::string_view lang, Seconds published,
                        EntityFindings& out) const {
  out.entities.clear();
  out.offers.clear();
  out.percents.clear();
  const auto own = languages_.find(lang);
  const EntityLanguage language{own == languages_.end() ? nullptr : own->second.get(),
                                shared_.get()};
  find_amounts(words.text, language, published, out.entities, out.percents);
  shared_->phrases.find(words, PhraseMode::all, out.shared_hits);
  out.hits.clear();
  if (language.own != nullptr) language.own->phrases.find(words, PhraseMode::all, out.hits);
  if (out.hits.empty() && out.shared_hits.empty() && out.percents.empty()) return;
  std::vector<EntityHit> hits;
  hits.reserve(out.hits.size() + out.shared_hits.size());
  if (language.own != nullptr) add_hits(out.hits, *language.own, words.text, hits);
  add_hits(out.shared_hits, *shared_, words.text, hits);
  std::stable_sort(hits.begin(), hits.end(), [](const EntityHit& a, const EntityHit& b) {
    return a.span.begin < b.span.begin;
  });
  find_days(words, hits, language, published, out.entities);
  find_names(words, hits, language, out.entities);
  keep_apart(out.entities);
  drop_look_alikes(hits, out.entities);
  find_offers(words, hits, language, out.entities, out.percents, out.offers);
}

}  // namespace plumbline
