#include "app/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/config.h"
#include "app/train_own.h"
#include "app/workspace.h"
#include "base/text.h"
#include "crawler/csv_reader.h"
#include "crawler/text_lines.h"

namespace plumbline {
namespace {

constexpr std::size_t kAuditHead = 4096;
constexpr std::string_view kOwnVersion = "-own-";  // in the version of an analyzer with own labels
constexpr std::uint64_t kSeed = 7;  // of the bootstrap: the same labels give the same figures

// The labels of one file on their way to the book, each with its line.
struct Incoming {
  std::vector<AuditBook::Label> labels;
  std::vector<std::int64_t> lines;
  LabelImport outcome;

  void add(std::int64_t line, std::string_view id, std::string_view word) {
    word = trim(word);
    Polarity label = Polarity::neutral;
    if (trim(id).empty()) {
      outcome.broken.push_back({line, "has no id"});
    } else if (word.empty()) {
      ++outcome.empty;
    } else if (!label_named(word, label)) {
      outcome.broken.push_back(
          {line, fmt::format("'{}' is no label; write negative, neutral or positive",
                             escape_terminal(shorten(word, 30)))});
    } else {
      labels.push_back({std::string(trim(id)), label});
      lines.push_back(line);
    }
  }
};

// Where a column of one of these names stands; the size of the row where there is none.
std::size_t column_of(const CsvRow& head, std::initializer_list<std::string_view> names) {
  const auto found = std::find_if(head.cells.begin(), head.cells.end(), [&](std::string_view cell) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view name) { return iequals_ascii(trim(cell), name); });
  });
  return static_cast<std::size_t>(found - head.cells.begin());
}

Status read_table(ByteSource& bytes, const std::string& name, Incoming& incoming) {
  TextReader text(bytes);
  CsvReader table(text);
  CsvRow row;
  if (!PLUMBLINE_TRY(table.next(row))) return fail(ErrorCode::invalid, "is empty", name);
  const std::size_t id = column_of(row, {"id"}), label = column_of(row, {"label", "sentiment"});
  if (std::max(id, label) >= row.cells.size())
    return fail(ErrorCode::invalid,
                "its first row must name the columns id and label; plumbline audit --next N makes "
                "such a table",
                name);
  while (PLUMBLINE_TRY(table.next(row))) {
    if (row.too_large)
      incoming.outcome.broken.push_back({row.line, "is too large"});
    else if (id >= row.cells.size())
      incoming.outcome.broken.push_back({row.line, "has no id"});
    else
      incoming.add(row.line, row.cells[id], label < row.cells.size() ? row.cells[label] : "");
  }
  return {};
}

Status read_json_lines(ByteSource& bytes, Incoming& incoming) {
  TextReader text(bytes);
  TextLines lines(text);
  std::string_view line;
  while (PLUMBLINE_TRY(lines.next(line))) {
    if (trim(line).empty()) continue;
    const auto json = nlohmann::json::parse(line, nullptr, false);
    const auto word = [&](const char* key) -> std::string {
      const auto found = json.find(key);
      if (found == json.end() || found->is_null()) return {};
      return found->is_string() ? found->get<std::string>() : found->dump();
    };
    if (json.is_object())
      incoming.add(lines.line(), word("id"), word("label"));
    else
      incoming.outcome.broken.push_back({lines.line(), "is no JSON object"});
  }
  return {};
}

// What judges in a workspace today.
struct Judges {
  std::string version;    // of its analyzer
  std::string own_model;  // empty: none is in use
};

Result<Judges> judges_of(const std::string& folder) {
  std::string workspace = folder;
  if (folder.empty())
    workspace = std::filesystem::path(PLUMBLINE_TRY(find_config("."))).parent_path().string();
  const auto analyzer = PLUMBLINE_TRY(load_analyzer(workspace));
  return Judges{analyzer->version(), PLUMBLINE_TRY(own_model_name(workspace))};
}

// How what is kept of a text stands to its label.
enum class Standing {
  fair,      // what judged it never saw the label
  held_out,  // it did, and what it said before is known
  unknown
};

Standing standing_of(const AuditBook::Sampled& one, const Judges& judges,
                     std::string_view learned_here) {
  if (one.version.find(kOwnVersion) == std::string::npos) return Standing::fair;
  // An earlier own model, or one of unknown labels.
  if (one.version != judges.version || judges.own_model != learned_here) return Standing::unknown;
  if (!one.learned) return Standing::fair;
  return one.unseen ? Standing::held_out : Standing::unknown;
}

void hold_out(AuditBook::Sampled& one) {
  AuditedText& text = one.text;
  text.machine = *one.unseen;
  for (std::size_t c = 0; c < text.counted.size(); ++c) text.moved[c] = -text.counted[c];
  text.counted = {};
  text.counted[side_of(text.machine)] = text.mentions;
  text.moved[side_of(text.machine)] += text.mentions;
}

}  // namespace

Result<AuditBook> open_audit(const std::string& folder, bool write) {
  std::string file = folder + "/plumbline.toml";
  std::error_code ec;
  if (folder.empty())
    file = PLUMBLINE_TRY(find_config("."));
  else if (!std::filesystem::exists(file, ec))
    return fail(ErrorCode::invalid,
                "no plumbline.toml there; make one with: plumbline init --workspace " + folder +
                    " --brand NAME",
                folder);
  const Config config = PLUMBLINE_TRY(read_config(file));
  return AuditBook::open(config.store_path, write);
}

bool label_named(std::string_view word, Polarity& label) {
  struct Name {
    std::string_view whole, number;
    Polarity label;
  };
  static constexpr Name kNames[] = {{"negative", "-1", Polarity::negative},
                                    {"neutral", "0", Polarity::neutral},
                                    {"positive", "1", Polarity::positive}};
  for (const Name& name : kNames)
    if (iequals_ascii(word, name.whole) || iequals_ascii(word, name.whole.substr(0, 3)) ||
        word == name.number) {
      label = name.label;
      return true;
    }
  return false;
}

std::string labelling_csv(const std::vector<StoredDocument>& documents) {
  std::string out = "id,text,label\r\n";
  for (const StoredDocument& stored : documents) {
    const Document& document = stored.document;
    const std::string text =
        document.title.empty() ? document.text : document.title + " / " + document.text;
    out += escape_csv(audit_id(document)) + "," + escape_csv(text) + ",\r\n";
  }
  return out;
}

Result<LabelImport> import_labels(AuditBook& book, ByteSource& bytes, const std::string& name,
                                  Seconds now) {
  PeekedBytes peeked(bytes);
  const std::string_view head = trim(PLUMBLINE_TRY(peeked.peek(kAuditHead)));
  Incoming incoming;
  if (head.starts_with('{'))
    PLUMBLINE_CHECK(read_json_lines(peeked, incoming));
  else
    PLUMBLINE_CHECK(read_table(peeked, name, incoming));
  LabelImport& out = incoming.outcome;
  const auto became = PLUMBLINE_TRY(book.put(incoming.labels, now));
  for (std::size_t i = 0; i < became.size(); ++i) {
    switch (became[i]) {
      case Labelled::kept: ++out.kept; break;
      case Labelled::again: ++out.again; break;
      case Labelled::changed: ++out.changed; break;
      case Labelled::unknown:
        out.broken.push_back(
            {incoming.lines[i],
             fmt::format("no mention '{}' is kept", escape_terminal(incoming.labels[i].id))});
        break;
    }
  }
  std::stable_sort(out.broken.begin(), out.broken.end(),
                   [](const auto& a, const auto& b) { return a.line < b.line; });
  return std::move(incoming.outcome);
}

Result<AuditShown> show_audit(const std::string& folder, const AuditBook& book,
                              std::string_view brand) {
  AuditBook::Sample sample = PLUMBLINE_TRY(book.sample());
  auto frames = PLUMBLINE_TRY(book.frames());
  if (!brand.empty()) {
    std::erase_if(frames, [&](const AuditFrame& frame) { return frame.brand != brand; });
    std::erase_if(sample.texts, [&](const auto& one) { return one.text.brand != brand; });
    if (frames.empty())
      return fail(ErrorCode::not_found,
                  fmt::format("no judged mention of a brand '{}' is kept", escape_terminal(brand)));
  }
  AuditShown out;
  const Judges judges = PLUMBLINE_TRY(judges_of(folder));
  std::vector<AuditedText> texts;
  for (AuditBook::Sampled& one : sample.texts) {
    const Standing standing = standing_of(one, judges, sample.own_model);
    out.held_out += standing == Standing::held_out ? 1 : 0;
    out.left_out += standing == Standing::unknown ? 1 : 0;
    if (standing == Standing::unknown) continue;
    if (standing == Standing::held_out) hold_out(one);
    texts.push_back(std::move(one.text));
  }
  out.outcome = audit_figures(texts, frames, kSeed);
  return out;
}

}  // namespace plumbline
