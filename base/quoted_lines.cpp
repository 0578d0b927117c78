#include "base/quoted_lines.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::size_t kLongestIntroduction = 400;
constexpr std::size_t kLongestDeviceLine = 80;

constexpr std::string_view kWideColon = "\xEF\xBC\x9A";

// How an introduction begins, and what it holds.
struct Shape {
  std::string_view begin, verb;
};
constexpr Shape kShapes[] = {
    {"on ", "wrote:"},    {"am ", "schrieb"},   {"le ", "crit"},    {"el ", "escribi"},
    {"il ", "scritto:"},  {"em ", "escreveu:"}, {"op ", "schreef"}, {"den ", "skrev"},
    {"w dniu", "pisze:"}, {"dnia ", "napisa"},  {"на ", "написа"},
};
// Parts of the verbs that are enough right above a quote.
constexpr std::string_view kVerbs[] = {"wrote",   "writes",  "said",     "schrieb", "crit",
                                       "escribi", "scritto", "escreveu", "schreef", "napisa",
                                       "skrev",   "pisze",   "написа"};
constexpr std::string_view kDeviceBegins[] = {
    "sent from my ",         "sent from outlook", "sent from mail for ",
    "get outlook for ",      "von meinem ",       "gesendet von mein",
    "envoy\xC3\xA9 de mon ", "enviado desde mi ", "inviato da "};

// What a mail program writes above the mail that is answered or passed on, between dashes.
constexpr std::string_view kOriginals[] = {
    "original message",   "original appointment", "forwarded message",   "ursprüngliche nachricht",
    "original-nachricht", "originalnachricht",    "weitergeleitete",     "message d'origine",
    "message original",   "message transf",       "mensaje original",    "mensaje reenviado",
    "messaggio original", "messaggio inoltrato",  "mensagem original",   "mensagem encaminhada",
    "oorspronkelijk",     "doorgestuurd",         "wiadomość oryginalna"};
constexpr std::string_view kSenders[] = {"from: ", "von: ", "de: ", "da: ", "van: ", "od: "};
constexpr std::string_view kHeads[] = {
    "sent: ",    "date: ",      "to: ",      "subject: ", "gesendet: ", "datum: ",   "an: ",
    "betreff: ", "envoyé",      "objet: ",   "à: ",       "enviado",    "fecha: ",   "para: ",
    "asunto: ",  "inviato: ",   "data: ",    "a: ",       "oggetto: ",  "assunto: ", "verzonden: ",
    "aan: ",     "onderwerp: ", "wysłano: ", "do: ",      "temat: "};
constexpr std::string_view kSignOffs[] = {"best regards",
                                          "kind regards",
                                          "warm regards",
                                          "regards",
                                          "best wishes",
                                          "yours sincerely",
                                          "sincerely",
                                          "yours faithfully",
                                          "mit freundlichen grüßen",
                                          "mit freundlichen grüssen",
                                          "freundliche grüße",
                                          "viele grüße",
                                          "beste grüße",
                                          "liebe grüße",
                                          "mfg",
                                          "cordialement",
                                          "bien cordialement",
                                          "bien à vous",
                                          "saludos",
                                          "un saludo",
                                          "saludos cordiales",
                                          "atentamente",
                                          "cordiali saluti",
                                          "distinti saluti",
                                          "atenciosamente",
                                          "cumprimentos",
                                          "met vriendelijke groet",
                                          "met vriendelijke groeten",
                                          "groeten",
                                          "pozdrawiam",
                                          "z poważaniem"};

bool begins_any(std::string_view line, std::span<const std::string_view> begins) {
  const std::string lower = ascii_lower(trim(line));
  return std::ranges::any_of(begins,
                             [&](std::string_view each) { return lower.starts_with(each); });
}

// The line in small letters, empty where it cannot be an introduction.
std::string introduction(std::string_view line) {
  line = trim(line);
  const bool closed = line.ends_with(':') || contains(line, kWideColon);
  return closed && line.size() <= kLongestIntroduction ? ascii_lower(line) : std::string();
}

}  // namespace

bool is_quoted_line(std::string_view line) { return trim(line).starts_with('>'); }

bool introduces_quote(std::string_view line) {
  const std::string lower = introduction(line);
  return std::ranges::any_of(kShapes, [&](const Shape& shape) {
    return lower.starts_with(shape.begin) && contains(lower, shape.verb);
  });
}

bool names_a_writer(std::string_view line) {
  const std::string lower = introduction(line);
  return std::ranges::any_of(kVerbs, [&](std::string_view verb) { return contains(lower, verb); });
}

bool is_device_line(std::string_view line) {
  return trim(line).size() < kLongestDeviceLine && begins_any(line, kDeviceBegins);
}

bool begins_original(std::string_view line) {
  constexpr std::string_view kDashes = "---";
  line = trim(line);
  if (!line.starts_with(kDashes) || !line.ends_with(kDashes)) return false;
  const std::string lower = ascii_lower(line);
  return std::ranges::any_of(kOriginals,
                             [&](std::string_view words) { return contains(lower, words); });
}

bool names_sender(std::string_view line) { return begins_any(line, kSenders); }

bool heads_mail(std::string_view line) { return begins_any(line, kHeads); }

bool is_sign_off(std::string_view line) {
  line = trim(line);
  while (!line.empty() && (line.back() == ',' || line.back() == '.' || line.back() == '!'))
    line.remove_suffix(1);
  const std::string lower = ascii_lower(line);
  return std::ranges::find(kSignOffs, lower) != std::end(kSignOffs);
}

}  // namespace plumbline
