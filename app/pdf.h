// A page as PDF, by a browser that the machine has: Chromium, else WeasyPrint.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace plumbline {

// not_found names the packages to install when neither is there.
Status save_pdf(std::string_view html, const std::string& path);

}  // namespace plumbline
