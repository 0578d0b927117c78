#include "crawler/personal_page.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "crawler/h_card.h"
#include "crawler/html_entities.h"
#include "crawler/html_scan.h"
#include "crawler/json_reader.h"
#include "crawler/probe_facts.h"
#include "crawler/url.h"
#include "crawler/vcard.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostPeople = 20;
constexpr std::size_t kMostFacts = 200;

void keep(std::vector<ProfileFact>& facts, ProfileFact fact) {
  fact.value = fact_value(fact.kind, fact.value);
  if (fact.value.empty() || facts.size() >= kMostFacts) return;
  const auto same = [&](const ProfileFact& other) {
    return other.kind == fact.kind && other.value == fact.value && other.where == fact.where;
  };
  if (std::none_of(facts.begin(), facts.end(), same)) facts.push_back(std::move(fact));
}

bool has_word(std::string_view words, std::string_view word) {
  const std::string folded = fold_space(clean_utf8(words));
  for (const std::string_view one : split(folded, ' '))
    if (iequals_ascii(one, word)) return true;
  return false;
}

bool is_person(Json value) {
  const auto names_it = [](const Json& type) {
    const std::string text = type.text();
    return text == "Person" || text == "schema:Person" || text == "http://schema.org/Person" ||
           text == "https://schema.org/Person";
  };
  const Json type = value["@type"];
  if (!type.is_array()) return names_it(type);
  for (const Json one : type)
    if (names_it(one)) return true;
  return false;
}

// Text, the name of an object, or each of a list of these.
void each_text(Json value, std::string_view inner, std::vector<std::string>& out, int level = 0) {
  if (level > 3 || out.size() > 50) return;
  if (value.is_array()) {
    for (const Json one : value) each_text(one, inner, out, level + 1);
  } else if (value.is_object()) {
    each_text(value[inner], inner, out, level + 1);
  } else if (!value.text().empty()) {
    out.push_back(value.text());
  }
}

void take_person(Json person, std::string_view url, std::string_view label,
                 std::vector<ProfileFact>& facts) {
  struct Row {
    std::string_view key, kind, inner;
  };
  constexpr Row kRows[] = {{"name", "name", "@value"},
                           {"alternateName", "name", "@value"},
                           {"jobTitle", "work", "name"},
                           {"worksFor", "work", "name"},
                           {"affiliation", "work", "name"},
                           {"description", "text", "@value"},
                           {"homeLocation", "place", "name"},
                           {"workLocation", "place", "name"},
                           {"address", "place", "addressLocality"},
                           {"url", "link", "@id"},
                           {"sameAs", "link", "@id"}};
  for (const Row& row : kRows) {
    std::vector<std::string> values;
    each_text(person[row.key], row.inner, values);
    for (std::string& value : values) {
      if (row.kind == "link") value = resolve_url(url, value);
      keep(facts, {std::string(row.kind), std::string(label), value, "JSON-LD Person", false});
    }
  }
}

void find_people(Json value, std::vector<Json>& people, int level) {
  if (level > 32 || people.size() >= kMostPeople) return;
  if (value.is_object() && is_person(value)) people.push_back(value);
  if (value.is_object() || value.is_array())
    for (const Json child : value) find_people(child, people, level + 1);
}

// All scripts of the page are read first: where it speaks of several people, each fact says whose
// it is.
class LinkedData {
 public:
  void add(std::string_view json) {
    auto document = JsonDocument::parse(trim(json));
    if (!document || documents_.size() >= kMostPeople) return;
    documents_.push_back(std::move(*document));
    find_people(documents_.back().root(), people_, 0);
  }
  void facts_into(std::vector<ProfileFact>& facts, std::string_view url) const {
    for (const Json& person : people_)
      take_person(person, url,
                  people_.size() > 1 ? fact_value("name", person["name"].text()) : std::string(),
                  facts);
  }

 private:
  std::vector<JsonDocument> documents_;
  std::vector<Json> people_;
};

void take_link(const HtmlTag& tag, std::string_view url, PersonalPage& page) {
  if (tag.href.empty() || tag.closing) return;
  const std::string address = clean_utf8(resolve_url(url, trim(decode_references(tag.href))));
  if (has_word(tag.rel, "me") && is_web_url(address) && page.me.size() < 100 &&
      std::find(page.me.begin(), page.me.end(), address) == page.me.end()) {
    page.me.push_back(address);
    keep(page.facts, {"link", "", address, "rel=me", false});
  }
  const std::string type = ascii_lower(tag.type);
  const std::string path = ascii_lower(address.substr(0, address.find_first_of("?#")));
  const bool card = type.find("text/vcard") == 0 || type.find("text/x-vcard") == 0 ||
                    (path.size() > 4 && path.compare(path.size() - 4, 4, ".vcf") == 0);
  if (card && page.card.empty() && origin_of(address) == origin_of(url)) page.card = address;
}

class StringBytes : public ByteSource {
 public:
  explicit StringBytes(std::string_view bytes) : left_(bytes) {}
  Result<std::size_t> read(char* into, std::size_t most) override {
    const std::size_t count = std::min(most, left_.size());
    if (count > 0) std::memcpy(into, left_.data(), count);
    left_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view left_;
};

}  // namespace

PersonalPage read_personal_page(std::string_view html, std::string_view url) {
  PersonalPage page;
  LinkedData linked;
  HtmlTag tag;
  for (std::size_t at = 0; next_tag(html, at, tag);) {
    at = tag.end;
    if (tag.name == "a" || tag.name == "link") take_link(tag, url, page);
    if (!holds_raw_text(tag.name) || tag.closing || tag.self_closing) continue;
    const std::size_t end = end_of_raw_text(html, at, tag.name);
    if (tag.name == "script" && ascii_lower(tag.type).find("ld+json") != std::string::npos)
      linked.add(html.substr(at, end - at));
    at = end;
  }
  linked.facts_into(page.facts, url);
  for (ProfileFact& fact : representative_h_card(html, url)) keep(page.facts, std::move(fact));
  return page;
}

bool looks_like_card(std::string_view bytes, std::string_view content_type) {
  const std::string type = ascii_lower(content_type);
  return type.find("text/vcard") == 0 || type.find("text/x-vcard") == 0 ||
         iequals_ascii(trim(bytes).substr(0, 11), "BEGIN:VCARD");
}

std::vector<ProfileFact> read_personal_card(std::string_view bytes) {
  std::vector<ProfileFact> facts;
  StringBytes source(bytes);
  VcardReader reader(source);
  Contact contact;
  std::string problem;
  const auto got = reader.next(contact, problem);
  if (!got || !*got) return facts;
  keep(facts, {"name", "", contact.name, "vCard", false});
  keep(facts, {"work", "", contact.organisation, "vCard", false});
  keep(facts, {"link", "", contact.url, "vCard", false});
  keep(facts, {"place", "", contact.place, "vCard", false});
  return facts;
}

}  // namespace plumbline
