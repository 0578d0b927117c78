// Mails of an mbox file one by one, however large what is attached to them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/harvest.h"
#include "crawler/mime.h"
#include "crawler/text_lines.h"

namespace plumbline {

struct Mail {
  std::int64_t line = 0;
  std::string id, parent;  // without angle brackets
  std::string from_name, from_address;
  std::string subject;
  Seconds sent = kNoTime;
  std::string labels;      // of Gmail
  bool automatic = false;  // written by a machine: an answer of absence, a mass mail
  std::string text;        // the own words: without quotes and signature
  bool cut = false;        // more than 1 MiB of words, of which the beginning was kept
};

// What the writer of a mail added: quoted lines, the line that introduces them, what was forwarded
// and the signature left out.
std::string own_words(std::string_view mail_text);

class MailReader {
 public:
  explicit MailReader(ByteSource& bytes) : lines_(bytes) {}
  Result<bool> next(Mail& mail);  // false at the end

 private:
  struct Part {
    MediaType media;
    std::string encoding;  // lower case
    bool attached = false;
    std::string body;  // as it stands in the file
  };
  void begin_message(std::string_view from_line);
  void header_line(std::string_view line);
  void end_headers();
  bool at_boundary(std::string_view line);
  void body_line(std::string_view line);
  void end_part();
  void finish(Mail& mail);
  std::string header(const std::string& name) const;

  TextLines lines_;
  bool inside_ = false;
  bool blank_before_ = true;
  std::string from_line_;
  std::int64_t from_at_ = 0;

  bool in_headers_ = false;
  bool top_ = false;  // the headers are those of the mail, not of a part
  std::map<std::string, std::string> top_headers_, headers_;
  std::size_t header_bytes_ = 0;
  std::string last_header_;
  std::vector<std::string> boundaries_;
  Part part_;
  bool wanted_ = false;  // the part's body is collected
  std::size_t collected_ = 0;
  bool cut_ = false;
  std::string plain_, html_;
};

// All mails of a file into a harvest.
Status harvest_mails(ByteSource& bytes, Harvest& harvest);
// A line that begins a mail in an mbox file.
bool is_from_line(std::string_view line);

}  // namespace plumbline
