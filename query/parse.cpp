#include "query/parse.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "model/analysis.h"

namespace plumbline {
namespace {

using Kind = SearchNode::Kind;

constexpr int kMostDepth = 64;  // of brackets
constexpr std::size_t kMostBytes = 20000;
constexpr std::string_view kOpenQuote = "\u201c", kCloseQuote = "\u201d";

const std::vector<std::string_view> kFields = {"source", "author", "lang",   "brand",  "sentiment",
                                               "topic",  "kind",   "rating", "before", "after",
                                               "parent", "title",  "place"};

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::string_view close = closest(word, candidates);
  return close.empty() ? std::string() : fmt::format("; did you mean {}?", close);
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool ends_word(char c) { return is_blank(c) || c == '(' || c == ')' || c == '"'; }

// "https://…" is a word, not a field.
bool starts_like_a_field(std::string_view text) {
  std::size_t letters = 0;
  while (letters < text.size() && is_letter(text[letters])) ++letters;
  return letters > 0 && letters < text.size() && text[letters] == ':' &&
         !text.substr(letters).starts_with("://");
}

SearchNode leaf(Kind kind, std::string text) {
  SearchNode node;
  node.kind = kind;
  node.text = std::move(text);
  return node;
}

SearchNode joint(Kind kind, std::vector<SearchNode> children) {
  if (children.size() == 1 && kind != Kind::except) return std::move(children.front());
  SearchNode node;
  node.kind = kind;
  node.children = std::move(children);
  return node;
}

class Parser {
 public:
  explicit Parser(std::string_view query) : query_(query) {}

  Result<SearchNode> parse() {
    if (query_.size() > kMostBytes)
      return fail(ErrorCode::invalid,
                  fmt::format("the search is longer than {} bytes", kMostBytes));
    if (!is_utf8(query_)) return fail(ErrorCode::invalid, "the search is not valid UTF-8");
    skip_blanks();
    if (at_ == query_.size()) return leaf(Kind::all, "");
    SearchNode node = PLUMBLINE_TRY(either());
    if (at_ < query_.size()) return wrong(at_, "there is a ) without its (");
    return node;
  }

 private:
  struct Term {
    SearchNode node;
    bool negated = false;
  };

  Result<SearchNode> either();
  Result<SearchNode> both();
  Result<Term> term();
  Result<SearchNode> primary();
  Result<SearchNode> group();
  Result<SearchNode> word();
  Result<SearchNode> field(std::string name, std::size_t start);
  Result<SearchNode> checked(SearchNode node, std::size_t start) const;
  Result<std::string> quoted();
  std::string_view bare();

  void skip_blanks() {
    while (at_ < query_.size() && is_blank(query_[at_])) ++at_;
  }
  bool at_quote() const {
    const std::string_view rest = query_.substr(at_);
    return rest.starts_with('"') || rest.starts_with(kOpenQuote) || rest.starts_with(kCloseQuote);
  }
  // The operator standing here as a word of its own, in capitals.
  bool at_operator(std::string_view name) const {
    const std::string_view rest = query_.substr(at_);
    return rest.starts_with(name) && (rest.size() == name.size() || ends_word(rest[name.size()]));
  }
  bool at_end_of_group() const { return at_ == query_.size() || query_[at_] == ')'; }
  tl::unexpected<Error> wrong(std::size_t at, std::string_view message) const {
    std::size_t column = 1;  // in characters, as a person counts
    for (std::size_t i = 0; i < at; ++i)
      column += (static_cast<unsigned char>(query_[i]) & 0xC0) != 0x80 ? 1 : 0;
    return fail(ErrorCode::invalid, fmt::format("column {}: {}", column, message));
  }

  std::string_view query_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

Result<SearchNode> Parser::either() {
  std::vector<SearchNode> branches;
  branches.push_back(PLUMBLINE_TRY(both()));
  for (skip_blanks(); at_operator("OR"); skip_blanks()) {
    at_ += 2;
    skip_blanks();
    branches.push_back(PLUMBLINE_TRY(both()));
  }
  return joint(Kind::either, std::move(branches));
}

Result<SearchNode> Parser::both() {
  const std::size_t start = at_;
  std::vector<SearchNode> wanted, unwanted;
  for (;;) {
    const std::size_t term_start = at_;
    if (at_end_of_group() || at_operator("OR") || at_operator("AND"))
      return wrong(term_start, "a word or a phrase is missing here");
    Term next = PLUMBLINE_TRY(term());
    (next.negated ? unwanted : wanted).push_back(std::move(next.node));
    skip_blanks();
    if (at_operator("AND")) {
      at_ += 3;
      skip_blanks();
    } else if (at_end_of_group() || at_operator("OR")) {
      break;
    }
  }
  if (wanted.empty())
    return wrong(start, "this only says what to leave out; write * before it to mean all the rest");
  SearchNode node = joint(Kind::both, std::move(wanted));
  if (unwanted.empty()) return node;
  std::vector<SearchNode> sides;
  sides.push_back(std::move(node));
  sides.push_back(joint(Kind::either, std::move(unwanted)));
  return joint(Kind::except, std::move(sides));
}

Result<Parser::Term> Parser::term() {
  bool negated = false;
  for (;;) {
    if (at_operator("NOT")) {
      at_ += 3;
    } else if (query_.substr(at_).starts_with('-') && at_ + 1 < query_.size() &&
               !is_blank(query_[at_ + 1]) && query_[at_ + 1] != ')') {
      at_ += 1;
    } else {
      break;
    }
    negated = !negated;
    skip_blanks();
    if (at_end_of_group() || at_operator("OR") || at_operator("AND"))
      return wrong(at_, "a word or a phrase is missing here");
  }
  return Term{PLUMBLINE_TRY(primary()), negated};
}

Result<SearchNode> Parser::primary() {
  if (query_[at_] == '(') return group();
  if (at_quote()) {
    const std::size_t start = at_;
    std::string text = PLUMBLINE_TRY(quoted());
    if (trim(text).empty()) return wrong(start, "there is nothing between the quotes");
    return leaf(Kind::phrase, std::move(text));
  }
  return word();
}

Result<SearchNode> Parser::group() {
  const std::size_t start = at_++;
  if (++depth_ > kMostDepth)
    return wrong(start, fmt::format("more than {} brackets inside each other", kMostDepth));
  skip_blanks();
  if (query_.substr(at_).starts_with(')'))
    return wrong(start, "there is nothing between the brackets");
  SearchNode node = PLUMBLINE_TRY(either());
  if (at_ == query_.size()) return wrong(start, "this ( is never closed");
  ++at_;
  --depth_;
  return node;
}

// A quote is closed by its like; \" and \\ stand for themselves inside.
Result<std::string> Parser::quoted() {
  const std::size_t start = at_;
  const bool straight = query_[at_] == '"';
  at_ += straight ? 1 : kOpenQuote.size();
  std::string text;
  while (at_ < query_.size()) {
    const std::string_view rest = query_.substr(at_);
    if (rest[0] == '\\' && rest.size() > 1 && (rest[1] == '"' || rest[1] == '\\')) {
      text += rest[1];
      at_ += 2;
    } else if (rest.starts_with(straight ? std::string_view("\"") : kCloseQuote)) {
      at_ += straight ? 1 : kCloseQuote.size();
      return text;
    } else {
      text += query_[at_++];
    }
  }
  return wrong(start, "this quote is never closed");
}

std::string_view Parser::bare() {
  const std::size_t start = at_;
  while (at_ < query_.size() && !ends_word(query_[at_])) ++at_;
  return query_.substr(start, at_ - start);
}

Result<SearchNode> Parser::word() {
  const std::size_t start = at_;
  if (starts_like_a_field(query_.substr(at_))) {
    at_ = query_.find(':', at_) + 1;
    return field(ascii_lower(query_.substr(start, at_ - 1 - start)), start);
  }
  const std::string_view text = bare();
  if (text == "*") return leaf(Kind::all, "");
  SearchNode node = leaf(Kind::word, std::string(text));
  node.prefix = text.ends_with('*');
  if (node.prefix) node.text.pop_back();
  return node;
}

Result<SearchNode> Parser::field(std::string name, std::size_t start) {
  if (std::find(kFields.begin(), kFields.end(), name) == kFields.end())
    return wrong(
        start,
        fmt::format("there is no field {}{} To look for the words themselves, put them in "
                    "quotes",
                    name, closest(name, kFields).empty() ? "." : did_you_mean(name, kFields)));
  SearchNode node = leaf(Kind::field, "");
  node.field = std::move(name);
  if (node.field == "rating") {
    for (std::string_view sign : {">=", "<=", ">", "<", "="}) {
      if (!query_.substr(at_).starts_with(sign)) continue;
      node.compare = sign;
      at_ += sign.size();
      break;
    }
  }
  if (at_ < query_.size() && at_quote()) {
    node.text = PLUMBLINE_TRY(quoted());
  } else {
    node.text = bare();
    node.prefix = node.field == "title" && node.text.size() > 1 && node.text.ends_with('*');
    if (node.prefix) node.text.pop_back();
  }
  if (trim(node.text).empty())
    return wrong(start, fmt::format("{}: needs a value right after the colon", node.field));
  return checked(std::move(node), start);
}

Result<SearchNode> Parser::checked(SearchNode node, std::size_t start) const {
  if (node.field == "rating") {
    double number = 0;
    const char* end = node.text.data() + node.text.size();
    const auto [stop, code] = std::from_chars(node.text.data(), end, number);
    if (code != std::errc() || stop != end)
      return wrong(start,
                   fmt::format("rating: needs a number, as in rating:>=4, not {}", node.text));
  } else if (node.field == "before" || node.field == "after") {
    if (!parse_day(node.text))
      return wrong(start, fmt::format("{0}: needs a day, as in {0}:2026-01-31, not {1}", node.field,
                                      node.text));
  } else if (node.field == "sentiment" || node.field == "kind") {
    std::vector<std::string_view> known = {"negative", "neutral", "positive"};
    if (node.field == "kind") {
      known.clear();
      for (int i = 0; i < kStatementKinds; ++i)
        known.push_back(name_of(static_cast<StatementKind>(i)));
    }
    node.text = ascii_lower(node.text);
    if (std::find(known.begin(), known.end(), node.text) == known.end())
      return wrong(start,
                   fmt::format("{}: is one of {}, not {}{}", node.field, fmt::join(known, ", "),
                               node.text, did_you_mean(node.text, known)));
  }
  return node;
}

std::string quote(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out += '"';
}

// Whether it would be read as one word again.
bool can_stand_bare(std::string_view text) {
  if (text.empty() || text == "*" || text == "AND" || text == "OR" || text == "NOT") return false;
  if (text.size() > 1 && text.front() == '-') return false;
  if (text.starts_with(kOpenQuote) || text.starts_with(kCloseQuote)) return false;
  return !starts_like_a_field(text) && std::none_of(text.begin(), text.end(), ends_word);
}

// How tightly a node holds together: brackets go round looser ones.
int tightness(const SearchNode& node) {
  switch (node.kind) {
    case Kind::either: return 1;
    case Kind::both:
    case Kind::except: return 2;
    default: return 3;
  }
}

std::string printed(const SearchNode& node);

std::string bracketed(const SearchNode& node, int at_least) {
  return tightness(node) < at_least ? "(" + printed(node) + ")" : printed(node);
}

std::string printed_joint(const SearchNode& node, std::string_view between) {
  std::string out;
  for (const SearchNode& child : node.children) {
    if (!out.empty()) out += between;
    out += bracketed(child, tightness(node) + 1);
  }
  return out;
}

// `except` of several is printed as one minus for each.
std::string printed_except(const SearchNode& node) {
  if (node.children.size() != 2) return {};
  const SearchNode &wanted = node.children[0], &unwanted = node.children[1];
  std::string out =
      wanted.kind == Kind::both ? printed(wanted) : bracketed(wanted, tightness(node) + 1);
  const bool several = unwanted.kind == Kind::either;
  for (const SearchNode& child : several ? unwanted.children : std::vector<SearchNode>{unwanted})
    out += " -" + bracketed(child, 3);
  return out;
}

std::string printed(const SearchNode& node) {
  switch (node.kind) {
    case Kind::all: return "*";
    case Kind::word: {
      const std::string typed = node.text + (node.prefix ? "*" : "");
      const bool bare = can_stand_bare(typed) && (node.prefix || !typed.ends_with('*'));
      return bare ? typed : quote(node.text);
    }
    case Kind::phrase: return quote(node.text);
    case Kind::field: {
      const bool bare = can_stand_bare(node.text) && node.text.front() != '<' &&
                        node.text.front() != '>' && node.text.front() != '=' &&
                        (node.prefix || !node.text.ends_with('*'));
      return node.field + ":" + (node.compare == "=" ? "" : node.compare) +
             (bare ? node.text : quote(node.text)) + (bare && node.prefix ? "*" : "");
    }
    case Kind::both: return printed_joint(node, " ");
    case Kind::either: return printed_joint(node, " OR ");
    case Kind::except: return printed_except(node);
  }
  return {};
}

}  // namespace

Result<SearchNode> parse_search(std::string_view query) { return Parser(query).parse(); }

std::string print_search(const SearchNode& node) { return printed(node); }

}  // namespace plumbline
