using PelNas.Shared.Reports.Html;

namespace PelNas.Shared.Comparison.Html;

/// <summary>The comparison at one budget: a table over all contexts, and the reference against the best rival in each context.</summary>
internal static class BudgetSection
{
    public static void Write(MarkupWriter html, BudgetSummary budget, string reference, CeilingSummary? ceiling)
    {
        string id = $"budget-{budget.Budget}";
        using (html.Open("section", ("aria-labelledby", id)))
        {
            html.Element("h2", $"{budget.Budget} labels", ("id", id));
            Write(
                html, id,
                "Over all contexts: mean ± standard deviation over seeds; ▲ is significantly better and ▼ worse than the reference.",
                SummaryTable.OfStrategies(budget, ceiling));
            Write(
                html, id, $"{reference} against the best other strategy in each context: lead ± standard error, over 0 is good.",
                SummaryTable.OfContexts(budget));
        }
    }

    private static void Write(MarkupWriter html, string label, string caption, SummaryTable table)
    {
        if (table.Rows.Count == 0)
        {
            return;
        }

        using (html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", label)))
        using (html.Open("table"))
        {
            html.Element("caption", caption);
            using (html.Open("thead"))
            using (html.Open("tr"))
            {
                foreach ((int place, string column) in table.Columns.Index())
                {
                    html.Element("th", column, ("scope", "col"), ("class", place == 0 ? null : "number"));
                }
            }

            using (html.Open("tbody"))
            {
                foreach ((string name, SummaryCell[] cells) in table.Rows)
                {
                    Row(html, name.Trim('*'), cells);
                }
            }
        }
    }

    private static void Row(MarkupWriter html, string name, SummaryCell[] cells)
    {
        using (html.Open("tr"))
        {
            html.Element("th", name, ("scope", "row"));
            foreach (SummaryCell cell in cells)
            {
                html.Element("td", cell.Text, ("class", $"number{(cell.IsGood ? " best" : "")}{(cell.MayWrap ? " wrap" : "")}"));
            }
        }
    }
}
