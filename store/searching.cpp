#include "store/searching.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>
#include <variant>

#include <fmt/format.h>

#include "base/text.h"
#include "base/words.h"
#include "store/rows.h"
#include "store/sqlite.h"
#include "store/tokenizer.h"

namespace plumbline {
namespace {

using Value = std::variant<std::int64_t, double, std::string>;

// A condition on mention m, with its values in order.
struct Condition {
  std::string sql;
  std::vector<Value> values;
};

// What the outermost AND asks for, taken apart so that the full-text index can lead.
struct Plan {
  std::string match;           // empty: no words
  std::int64_t first_row = 0;  // bounds that before: and after: set; the full-text index seeks them
  std::int64_t last_row = std::numeric_limits<std::int64_t>::max();
  std::vector<Condition> conditions;
};

constexpr int kMostDepth = 300;
constexpr int kMostMatchDepth = 25;  // the parser of FTS5 has a small stack
constexpr int kMostNodes = 2000;

bool has_words(std::string_view text) {
  std::vector<Piece> pieces;
  split_words(is_utf8(text) ? text : std::string_view(), pieces);
  return !pieces.empty();
}

bool is_words(const SearchNode& node, int depth = 0) {
  const bool leaf = node.kind == SearchNode::Kind::word || node.kind == SearchNode::Kind::phrase ||
                    (node.kind == SearchNode::Kind::field && node.field == "title");
  if (leaf) return has_words(node.text);
  if (node.kind == SearchNode::Kind::all || node.kind == SearchNode::Kind::field) return false;
  if (node.children.empty() || depth > kMostMatchDepth) return false;
  return std::all_of(node.children.begin(), node.children.end(),
                     [&](const SearchNode& child) { return is_words(child, depth + 1); });
}

// Inside quotes nothing is syntax but the quote itself.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '\0') continue;
    if (c == '"') out += '"';
    out += c;
  }
  return out += '"';
}

std::string match_of(const SearchNode& node) {
  switch (node.kind) {
    case SearchNode::Kind::field:
      return fmt::format("title : {}{}", quoted(node.text), node.prefix ? " *" : "");
    case SearchNode::Kind::both:
    case SearchNode::Kind::either:
    case SearchNode::Kind::except: {
      const std::string_view joint = node.kind == SearchNode::Kind::both     ? " AND "
                                     : node.kind == SearchNode::Kind::either ? " OR "
                                                                             : " NOT ";
      std::string out = "(";
      for (const SearchNode& child : node.children) {
        if (out.size() > 1) out += joint;
        out += match_of(child);
      }
      return out + ")";
    }
    default: return quoted(node.text) + (node.prefix ? " *" : "");
  }
}

class Compiler {
 public:
  explicit Compiler(const ReaderGround& ground) : ground_(ground) {}

  Result<Plan> plan(const SearchNode& node) {
    Plan out;
    PLUMBLINE_CHECK(gather(node, out, 0));
    return out;
  }

 private:
  Status gather(const SearchNode& node, Plan& plan, int depth);
  Result<Condition> condition(const SearchNode& node, int depth);
  Result<Condition> joined(const SearchNode& node, int depth);
  Result<Condition> field(const SearchNode& node);
  Result<Condition> moment(const SearchNode& node);
  Result<Condition> named(NameKind kind, std::string_view column, const SearchNode& node);
  Status admit(const SearchNode& node, int depth);

  const ReaderGround& ground_;
  int nodes_ = 0;
};

Status Compiler::admit(const SearchNode& node, int depth) {
  if (depth > kMostDepth || ++nodes_ > kMostNodes)
    return fail(ErrorCode::invalid, "the search has too many parts; split it into several");
  const bool joint = node.kind == SearchNode::Kind::both || node.kind == SearchNode::Kind::either ||
                     node.kind == SearchNode::Kind::except;
  if (joint && (node.children.empty() ||
                (node.kind == SearchNode::Kind::except && node.children.size() != 2)))
    return fail(ErrorCode::invalid, "a part of the search is empty");
  for (const SearchNode& child : node.children) PLUMBLINE_CHECK(admit(child, depth + 1));
  return {};
}

Status Compiler::gather(const SearchNode& node, Plan& plan, int depth) {
  if (depth == 0) PLUMBLINE_CHECK(admit(node, 0));
  if (is_words(node)) {
    plan.match += (plan.match.empty() ? "" : " AND ") + match_of(node);
    return {};
  }
  if (node.kind == SearchNode::Kind::all) return {};
  if (node.kind == SearchNode::Kind::both) {
    for (const SearchNode& child : node.children) PLUMBLINE_CHECK(gather(child, plan, depth + 1));
    return {};
  }
  if (node.kind == SearchNode::Kind::except) {
    PLUMBLINE_CHECK(gather(node.children[0], plan, depth + 1));
    Condition without = PLUMBLINE_TRY(condition(node.children[1], depth + 1));
    without.sql = fmt::format("NOT coalesce({}, 0)", without.sql);
    plan.conditions.push_back(std::move(without));
    return {};
  }
  plan.conditions.push_back(PLUMBLINE_TRY(condition(node, depth + 1)));
  if (node.kind != SearchNode::Kind::field) return {};
  const std::vector<Value>& values = plan.conditions.back().values;
  if (node.field == "after")
    plan.first_row = std::max(plan.first_row, std::get<std::int64_t>(values[0]));
  if (node.field == "before")
    plan.last_row = std::min(plan.last_row, std::get<std::int64_t>(values[0]));
  return {};
}

Result<Condition> Compiler::condition(const SearchNode& node, int depth) {
  if (is_words(node))
    return Condition{"m.row IN (SELECT rowid FROM words WHERE words MATCH ?)", {match_of(node)}};
  switch (node.kind) {
    case SearchNode::Kind::all: return Condition{"1", {}};
    case SearchNode::Kind::field: return field(node);
    case SearchNode::Kind::word:
    case SearchNode::Kind::phrase:
      return Condition{
          "EXISTS(SELECT 1 FROM document d WHERE d.row = m.row AND "
          "(instr(d.text, ?) OR instr(d.title, ?)))",
          {node.text, node.text}};
    default: return joined(node, depth);
  }
}

Result<Condition> Compiler::joined(const SearchNode& node, int depth) {
  Condition out{"(", {}};
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    Condition part = PLUMBLINE_TRY(condition(node.children[i], depth + 1));
    if (i > 0) out.sql += node.kind == SearchNode::Kind::either ? " OR " : " AND ";
    const bool negated = node.kind == SearchNode::Kind::except && i > 0;
    out.sql += negated ? fmt::format("NOT coalesce({}, 0)", part.sql) : part.sql;
    for (Value& value : part.values) out.values.push_back(std::move(value));
  }
  out.sql += ")";
  return out;
}

Result<Condition> Compiler::named(NameKind kind, std::string_view column, const SearchNode& node) {
  return Condition{fmt::format("m.{} IN (SELECT id FROM name WHERE kind = {} AND "
                               "plumbline_fold(text) = ?)",
                               column, static_cast<int>(kind)),
                   {fold_line(node.text)}};
}

Result<Condition> Compiler::moment(const SearchNode& node) {
  auto day = parse_day(node.text);
  if (!day)
    return fail(ErrorCode::invalid,
                fmt::format("{}:{} is no day; write it like 2026-01-31", node.field, node.text));
  const Seconds start = ground_.zone.start_of(sane_day(*day));
  if (node.field == "after")
    return Condition{"(m.row >= ? AND m.published_at >= ?)", {first_row_of(start), start}};
  return Condition{"(m.row <= ? AND m.published_at < ?)", {last_row_of(start), start}};
}

Result<Condition> Compiler::field(const SearchNode& node) {
  const std::string& name = node.field;
  if (name == "source") return named(NameKind::source, "source", node);
  if (name == "lang") return named(NameKind::lang, "lang", node);
  if (name == "brand") return named(NameKind::brand, "brand", node);
  if (name == "before" || name == "after") return moment(node);
  if (name == "author") {
    const std::string_view words = node.text;
    const std::string key = fold_line(words.starts_with('@') ? words.substr(1) : words);
    return Condition{
        "m.author IN (SELECT id FROM author WHERE instr(handle_key, ?) OR "
        "instr(name_key, ?))",
        {key, key}};
  }
  if (name == "sentiment") {
    for (Polarity polarity : {Polarity::negative, Polarity::neutral, Polarity::positive}) {
      if (!iequals_ascii(node.text, name_of(polarity))) continue;
      return Condition{fmt::format("m.mark & {} = ?", mark::kLabel | mark::kScored),
                       {mark::kScored | (static_cast<int>(polarity) + 1)}};
    }
    return fail(ErrorCode::invalid, fmt::format("sentiment:{} is none of negative, neutral, "
                                                "positive",
                                                node.text));
  }
  if (name == "kind") {
    StatementKind kind = StatementKind::want;
    if (!kind_of(ascii_lower(node.text), kind))
      return fail(ErrorCode::invalid, fmt::format("kind:{} is none of {}", node.text, kind_list()));
    return Condition{"m.mark & ? != 0", {mark::kind_bit(kind)}};
  }
  if (name == "topic")
    return Condition{
        "(m.topic IN (SELECT id FROM topic WHERE CAST(id AS TEXT) = ? OR "
        "instr(plumbline_fold(label), ?)) OR "
        "EXISTS(SELECT 1 FROM statement s WHERE s.row = m.row AND instr(' ' || "
        "plumbline_fold(s.topic) || ' ', ' ' || ? || ' ')))",
        {node.text, fold_line(node.text), fold_line(node.text)}};
  if (name == "rating") {
    double value = 0;
    const char* end = node.text.data() + node.text.size();
    const auto [stop, code] = std::from_chars(node.text.data(), end, value);
    const bool known = node.compare == "=" || node.compare == "<" || node.compare == "<=" ||
                       node.compare == ">" || node.compare == ">=";
    if (code != std::errc() || stop != end || !known)
      return fail(ErrorCode::invalid,
                  fmt::format("rating:{}{} is no number to compare with", node.compare, node.text));
    return Condition{fmt::format("m.rating {} ?", node.compare), {value}};
  }
  if (name == "parent")
    return Condition{"EXISTS(SELECT 1 FROM document d WHERE d.row = m.row AND d.parent = ?)",
                     {node.text}};
  if (name == "place")
    return Condition{
        "EXISTS(SELECT 1 FROM document d WHERE d.row = m.row AND d.place <> '' AND "
        "instr(plumbline_fold(d.place), ?))",
        {fold_line(node.text)}};
  if (name == "title")  // with words it is part of the full-text expression
    return Condition{"EXISTS(SELECT 1 FROM document d WHERE d.row = m.row AND instr(d.title, ?))",
                     {node.text}};
  return fail(ErrorCode::invalid, fmt::format("there is no search field \"{}\"", name));
}

void bind_values(SqlStatement& statement, const std::vector<Value>& values, int& at) {
  for (const Value& value : values) {
    ++at;
    if (const auto* number = std::get_if<std::int64_t>(&value))
      statement.bind(at, *number);
    else if (const auto* real = std::get_if<double>(&value))
      statement.bind(at, *real);
    else
      statement.bind(at, std::get<std::string>(value));
  }
}

// Row order comes from the full-text index or from the table itself, never from another index, so
// that the newest rows are found without sorting.
std::string sql_of(const Plan& plan, std::string_view columns) {
  const bool words = !plan.match.empty();
  std::string sql = fmt::format(
      "SELECT {} FROM {}", columns,
      words ? "words CROSS JOIN mention m ON m.row = words.rowid" : "mention m NOT INDEXED");
  std::string joint = " WHERE ";
  if (words) {
    sql += joint + "words MATCH ? AND words.rowid BETWEEN ? AND ?";
    joint = " AND ";
  }
  for (const Condition& condition : plan.conditions) {
    sql += joint + condition.sql;
    joint = " AND ";
  }
  return sql;
}

void bind_plan(SqlStatement& statement, const Plan& plan) {
  int at = 0;
  if (!plan.match.empty()) {
    statement.bind(++at, plan.match);
    statement.bind(++at, plan.first_row);
    statement.bind(++at, plan.last_row);
  }
  for (const Condition& condition : plan.conditions) bind_values(statement, condition.values, at);
}

}  // namespace

Result<std::vector<std::int64_t>> search_rows(const ReaderGround& ground, const SearchNode& query,
                                              int limit) {
  const Plan plan = PLUMBLINE_TRY(Compiler(ground).plan(query));
  const std::string sql =
      sql_of(plan, "m.row, m.published_at") +
      (plan.match.empty() ? " ORDER BY m.row DESC" : " ORDER BY words.rowid DESC");
  SqlStatement statement = PLUMBLINE_TRY(ground.db.prepare(sql));
  bind_plan(statement, plan);
  struct Dated {
    Seconds published_at;
    std::int64_t row;
  };
  std::vector<Dated> found;
  // The days come newest first; the one in which the limit is reached is read to its end, because
  // only the clock orders it.
  while (limit > 0 && PLUMBLINE_TRY(statement.step())) {
    const std::int64_t row = statement.integer(0);
    if (found.size() >= static_cast<std::size_t>(limit) &&
        day_part_of_row(row) != day_part_of_row(found.back().row))
      break;
    found.push_back({statement.is_null(1) ? kNoTime : statement.integer(1), row});
  }
  std::sort(found.begin(), found.end(), [](const Dated& a, const Dated& b) {
    return a.published_at != b.published_at ? a.published_at > b.published_at : a.row > b.row;
  });
  std::vector<std::int64_t> rows;
  for (const Dated& dated : found) {
    if (rows.size() >= static_cast<std::size_t>(limit)) break;
    rows.push_back(dated.row);
  }
  return rows;
}

Result<std::int64_t> count_rows(const ReaderGround& ground, const SearchNode& query) {
  const Plan plan = PLUMBLINE_TRY(Compiler(ground).plan(query));
  if (plan.conditions.empty() && plan.match.empty())
    return ground.db.number("SELECT coalesce(sum(n), 0) FROM name WHERE kind = 1");
  const std::string sql =
      plan.conditions.empty()
          ? "SELECT count(*) FROM words WHERE words MATCH ? AND words.rowid BETWEEN ? AND ?"
          : sql_of(plan, "count(*)");
  SqlStatement statement = PLUMBLINE_TRY(ground.db.prepare(sql));
  bind_plan(statement, plan);
  PLUMBLINE_TRY(statement.step());
  return statement.integer(0);
}

}  // namespace plumbline
