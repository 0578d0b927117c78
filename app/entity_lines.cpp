#include "app/entity_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "app/analysis_json.h"
#include "app/config.h"
#include "app/workspace.h"
#include "base/text.h"

namespace plumbline {
namespace {

using EntityJson = nlohmann::json;

// "NAME=WORD" added to the brand of that name.
Status add_to_brand(const std::string& text, const char* option,
                    std::vector<std::string> BrandTerms::*list, std::vector<BrandTerms>& brands) {
  const auto sign = text.find('=');
  if (sign == std::string::npos || sign == 0 || sign + 1 == text.size())
    return fail(ErrorCode::invalid, fmt::format("{} wants BRAND=WORD, not '{}'", option, text));
  const std::string name = text.substr(0, sign);
  auto found = std::find_if(brands.begin(), brands.end(),
                            [&](const BrandTerms& brand) { return brand.name == name; });
  if (found == brands.end()) found = brands.insert(brands.end(), BrandTerms{name, {}, {}, {}});
  ((*found).*list).push_back(text.substr(sign + 1));
  return {};
}

struct LabelledSentence {
  std::string id, text;
  bool brand = false;
};

// How the verdicts on one set of sentences turned out.
struct Tally {
  int right_yes = 0, right_no = 0, wrong_yes = 0, wrong_no = 0;
  static double share(int part, int whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / whole;
  }
  double precision() const { return share(right_yes, right_yes + wrong_yes); }
  double recall() const { return share(right_yes, right_yes + wrong_no); }
  int all() const { return right_yes + right_no + wrong_yes + wrong_no; }
  double accuracy() const { return share(right_yes + right_no, all()); }
};

float likeliest(const BrandWords& brands, std::string_view text) {
  Prepared prepared;
  prepare(text, prepared);
  std::vector<EntityFinding> found;
  brands.find(prepared, {}, found);
  float best = 0;
  for (const EntityFinding& finding : found) best = std::max(best, finding.probability);
  return best;
}

// A brand's name as a firm writes it.
std::string capitalised(std::string word) {
  if (!word.empty() && word.front() >= 'a' && word.front() <= 'z')
    word.front() = static_cast<char>(word.front() - 'a' + 'A');
  return word;
}

// Sentences by word; the answer is how many lines were none.
int read_labels(std::string_view labels,
                std::map<std::string, std::vector<LabelledSentence>>& by_word) {
  int broken = 0;
  for (const std::string_view line : split(labels, '\n')) {
    if (trim(line).empty()) continue;
    const EntityJson json = EntityJson::parse(line, nullptr, false);
    if (!json.is_object() || !json.contains("text") || !json["text"].is_string() ||
        !json.contains("word") || !json["word"].is_string() || !json.contains("brand") ||
        !json["brand"].is_boolean()) {
      ++broken;
      continue;
    }
    const std::string id = json.contains("id") && json["id"].is_string()
                               ? json["id"].get<std::string>()
                               : std::string();
    by_word[json["word"].get<std::string>()].push_back(
        {id, clean_utf8(json["text"].get<std::string>()), json["brand"].get<bool>()});
  }
  return broken;
}

std::string verdict_on(const EntityFinding& finding) {
  if (!finding.judged) return ", not judged: a common word too, and its language has no brands.txt";
  return fmt::format(" {:.2f}, {}", finding.probability,
                     finding.probability < 0.5F ? "not the brand" : "the brand");
}

}  // namespace

void add_brands(const BrandWords& brands, const Document& document, Named& named,
                std::vector<Reason>* why) {
  Prepared text;
  prepare(document.text, text);
  brands.find(text, document.lang, named.entities, why);
  std::stable_sort(
      named.entities.begin(), named.entities.end(),
      [](const EntityFinding& a, const EntityFinding& b) { return a.span.begin < b.span.begin; });
}

Result<std::vector<BrandTerms>> brands_wished(const BrandWish& wish) {
  std::vector<BrandTerms> brands;
  for (const std::string& name : wish.names) {
    if (trim(name).empty()) return fail(ErrorCode::invalid, "--brand wants a name");
    brands.push_back({name, {}, {}, {}});
  }
  for (const std::string& text : wish.aliases)
    PLUMBLINE_CHECK(add_to_brand(text, "--alias", &BrandTerms::aliases, brands));
  for (const std::string& text : wish.products)
    PLUMBLINE_CHECK(add_to_brand(text, "--product", &BrandTerms::products, brands));
  for (const std::string& text : wish.context)
    PLUMBLINE_CHECK(add_to_brand(text, "--context", &BrandTerms::context, brands));
  return brands;
}

Result<BrandWords> brands_for(const BrandWish& wish, const std::string& workspace_folder) {
  std::vector<BrandTerms> terms = PLUMBLINE_TRY(brands_wished(wish));
  if (terms.empty() && !workspace_folder.empty())
    terms = brand_terms(PLUMBLINE_TRY(read_config(workspace_folder + "/plumbline.toml")));
  // Where no brand is asked for, no list has to be read.
  if (terms.empty()) return BrandWords::load({}, {});
  return load_brands(std::move(terms), workspace_folder);
}

void explain_brands(const BrandWords& brands, std::string_view text, bool json,
                    const LineSink& sink) {
  const std::string clean = fold_space(clean_utf8(text));
  Prepared prepared;
  prepare(clean, prepared);
  std::vector<EntityFinding> found;
  std::vector<Reason> why;
  brands.find(prepared, {}, found, &why);
  if (json) {
    std::string out = "{\"text\":" + json_quote(clean) + ",";
    append_named({std::move(found), {}}, out);
    append_why(why, out);
    return sink(out + "}\n");
  }
  if (found.empty()) return sink("no brand word\n");
  for (const EntityFinding& finding : found)
    sink(fmt::format("\"{}\": {}{}\n",
                     escape_terminal(std::string_view(clean).substr(
                         finding.span.begin, finding.span.end - finding.span.begin)),
                     escape_terminal(finding.name), verdict_on(finding)));
  for (const Reason& reason : why)
    sink(fmt::format("  {:+5.2f}  {}\n", reason.weight, escape_terminal(reason.rule)));
}

Status score_brands(std::string_view labels, bool json, const LineSink& sink) {
  std::map<std::string, std::vector<LabelledSentence>> by_word;
  const int broken = read_labels(labels, by_word);
  if (by_word.empty())
    return fail(ErrorCode::invalid,
                "no line is a label; one looks like {\"text\":\"Apple pie\",\"word\":\"apple\","
                "\"brand\":false}");
  Tally tally;
  std::string wrong;
  for (const auto& [word, sentences] : by_word) {
    const BrandWords brands = PLUMBLINE_TRY(BrandWords::load({{capitalised(word), {}, {}, {}}}));
    for (const LabelledSentence& sentence : sentences) {
      const float probability = likeliest(brands, sentence.text);
      const bool said = probability >= 0.5F;
      ++(said ? (sentence.brand ? tally.right_yes : tally.wrong_yes)
              : (sentence.brand ? tally.wrong_no : tally.right_no));
      if (said == sentence.brand) continue;
      if (json)
        wrong += fmt::format("{}{{\"id\":{},\"word\":{},\"brand\":{},\"probability\":{:.4f}}}",
                             wrong.empty() ? "" : ",", json_quote(sentence.id), json_quote(word),
                             sentence.brand, probability);
      else
        wrong +=
            fmt::format("  {} {:.2f}  {}  {}\n", sentence.brand ? "missed" : "taken ", probability,
                        escape_terminal(sentence.id), escape_terminal(sentence.text));
    }
  }
  if (json)
    sink(fmt::format(
        "{{\"n\":{},\"precision\":{:.4f},\"recall\":{:.4f},\"accuracy\":{:.4f},"
        "\"brand_taken\":{},\"brand_missed\":{},\"other_taken\":{},\"other_left\":{},"
        "\"broken\":{},\"wrong\":[{}]}}\n",
        tally.all(), tally.precision(), tally.recall(), tally.accuracy(), tally.right_yes,
        tally.wrong_no, tally.wrong_yes, tally.right_no, broken, wrong));
  else
    sink(
        fmt::format("{} sentences: precision {:.3f}, recall {:.3f}, accuracy {:.3f}\n"
                    "               judged the brand   judged another\n"
                    "the brand      {:>16}   {:>14}\nanother        {:>16}   {:>14}\n{}{}",
                    tally.all(), tally.precision(), tally.recall(), tally.accuracy(),
                    tally.right_yes, tally.wrong_no, tally.wrong_yes, tally.right_no,
                    broken > 0 ? fmt::format("{} lines were no label\n", broken) : "", wrong));
  return {};
}

}  // namespace plumbline
