// Gathers what the page for marketing needs from the store and has market/ build it.
#pragma once

#include <string>

#include "app/period.h"
#include "app/workspace.h"
#include "model/report.h"

namespace plumbline {

Result<Report> make_report(const Workspace& workspace, const ReportWish& wish);

// Writes it in the form that the file's ending names: .html .json .csv .md .pdf (by Chromium or
// WeasyPrint, whichever is there).
Status save_report(const Report& report, const std::string& path);
// html, json, csv or md.
Result<std::string> render_report(const Report& report, std::string_view form);

}  // namespace plumbline
