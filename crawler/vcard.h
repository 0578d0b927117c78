// Address cards of versions 2.1, 3.0 and 4.0, one by one from a file of any size.
#pragma once

#include <string>
#include <string_view>

#include "crawler/contact.h"
#include "crawler/text_lines.h"

namespace plumbline {

class VcardReader {
 public:
  explicit VcardReader(ByteSource& bytes) : text_(bytes), lines_(text_) {}
  // False at the end. `problem` is set where a card is broken off; what it held is given out.
  Result<bool> next(Contact& contact, std::string& problem);

 private:
  struct Property {
    std::string name;     // upper case, without its group
    std::string charset;  // as a parameter says
    bool quoted_printable = false;
    std::string value;  // unfolded, not decoded
  };
  Result<bool> next_line(std::string& line);
  Result<bool> next_property(Property& property);
  void take(const Property& property, Contact& contact);

  TextReader text_;
  TextLines lines_;
  std::string ahead_;
  bool has_ahead_ = false;
  std::int64_t line_ = 0;
  bool old_ = false;    // version 2.1
  std::string formal_;  // the name by its parts, where no displayed name is given
};

// All cards of a file into a harvest.
Status harvest_vcards(ByteSource& bytes, Harvest& harvest);

}  // namespace plumbline
