#include "model/brief.h"

namespace plumbline {

std::string_view name_of(Section section) {
  switch (section) {
    case Section::why_now: return "why now";
    case Section::goal: return "goal and questions";
    case Section::words: return "in their words";
    case Section::money: return "money";
    case Section::risks: return "risks they see";
    case Section::experience: return "experience they want";
    case Section::us_and_them: return "us and them";
    case Section::do_not_say: return "do not say";
    case Section::context: return "context";
  }
  return "context";
}

std::string_view title_of(Section section) {
  switch (section) {
    case Section::why_now: return "Why now";
    case Section::goal: return "Goal and three questions";
    case Section::words: return "In their words";
    case Section::money: return "Money";
    case Section::risks: return "Risks they see";
    case Section::experience: return "Experience they want";
    case Section::us_and_them: return "Us and them";
    case Section::do_not_say: return "Do not say";
    case Section::context: return "Context";
  }
  return "Context";
}

std::string_view name_of(Band band) {
  switch (band) {
    case Band::cold: return "cold";
    case Band::warm: return "warm";
    case Band::hot: return "hot";
  }
  return "cold";
}

Result<Statement> Statement::make(Section section, std::string kind, std::string text,
                                  std::vector<std::string> evidence) {
  if (evidence.empty())
    return fail(ErrorCode::internal, "a statement of a brief needs evidence", text);
  Statement statement;
  statement.section_ = section;
  statement.kind_ = std::move(kind);
  statement.text_ = std::move(text);
  statement.evidence_ = std::move(evidence);
  return statement;
}

}  // namespace plumbline
