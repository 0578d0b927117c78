// A report in the forms people take away. The same numbers in each.
#pragma once

#include <string>

#include "model/report.h"

namespace plumbline {

std::string report_html(const Report& report);  // one self-contained page: no scripts, no requests
std::string report_json(const Report& report);  // the shape of the contract, docs/contract.md
std::string report_csv(
    const Report&
        report);  // long form: section,brand,start,name,metric,value,lo,hi,n,distinct,authors
std::string report_markdown(const Report& report);

}  // namespace plumbline
