#include "app/train_statements.h"

#include <fmt/format.h>

#include "app/files.h"

namespace plumbline {

Result<TrainedStatements> train_statements(const TrainStatementsWish& wish, Progress& progress) {
  Lexicons lexicons = PLUMBLINE_TRY(open_lexicons(wish.languages, wish.fast));
  const FastModel fast = PLUMBLINE_TRY(open_fast_model(wish.fast));
  TrainedStatements out;
  progress.begin("reading", "texts", 0);
  const auto marked = PLUMBLINE_TRY(read_statement_sets(wish.statements, out.skipped));
  std::vector<StatementSentence> taught;
  for (const std::string& file : wish.teachers)
    PLUMBLINE_CHECK(read_statement_file(file, taught, out.skipped));
  const StatementData data = prepare_statements(marked, taught, fast, lexicons);
  progress.end(
      fmt::format("read {} texts marked by people, {} by a model", marked.size(), taught.size()));
  if (data.learn.empty())
    return fail(ErrorCode::not_found, "no marked sentence was found there",
                wish.statements.front());
  const auto count = static_cast<std::int64_t>(data.learn.size());
  progress.begin("learning", "sentences", 1);
  const LearnedStatements learned =
      PLUMBLINE_TRY(learn_statements(data, wish.training, [&](double share) {
        progress.at(share, static_cast<std::int64_t>(share * static_cast<double>(count)));
        return !progress.cancelled();
      }));
  progress.end(fmt::format("learned from {} sentences", count));
  const std::string bytes = pack_statement_model(learned.weights);
  const StatementModel model = PLUMBLINE_TRY(StatementModel::read(bytes, wish.out));
  PLUMBLINE_CHECK(write_file(wish.out, bytes));
  out.held = learned.held;
  out.file = wish.out;
  out.model = model.name();
  out.bytes = bytes.size();
  out.learned_from = count;
  return out;
}

}  // namespace plumbline
