using System.Xml.Linq;

namespace PelNas.Shared.Comparison.Html;

/// <summary>The comparison at one budget: a table over all contexts, and the reference against the best rival in each context.</summary>
internal static class BudgetSection
{
    public static XElement Of(BudgetSummary budget, string reference, CeilingSummary? ceiling)
    {
        string id = $"budget-{budget.Budget}";
        return new XElement(
            "section",
            new XAttribute("aria-labelledby", id),
            new XElement("h2", new XAttribute("id", id), $"{budget.Budget} labels"),
            Table(
                id,
                "Over all contexts: mean ± standard deviation over seeds; ▲ is significantly better and ▼ worse than the reference.",
                SummaryTable.OfStrategies(budget, ceiling)),
            Table(
                id, $"{reference} against the best other strategy in each context: lead ± standard error, over 0 is good.",
                SummaryTable.OfContexts(budget)));
    }

    private static XElement? Table(string label, string caption, SummaryTable table) => table.Rows.Count == 0 ? null : new XElement(
        "div",
        new XAttribute("class", "scroll"),
        new XAttribute("tabindex", "0"),
        new XAttribute("role", "region"),
        new XAttribute("aria-labelledby", label),
        new XElement(
            "table",
            new XElement("caption", caption),
            new XElement("thead", new XElement("tr", table.Columns.Index().Select(Heading))),
            new XElement("tbody", table.Rows.Select(row => new XElement(
                "tr",
                new XElement("th", new XAttribute("scope", "row"), row.Name.Trim('*')),
                row.Cells.Select(Cell))))));

    private static XElement Heading((int Place, string Text) column) => new(
        "th", new XAttribute("scope", "col"), column.Place == 0 ? null : new XAttribute("class", "number"), column.Text);

    private static XElement Cell(SummaryCell cell)
        => new("td", new XAttribute("class", $"number{(cell.IsGood ? " best" : "")}{(cell.MayWrap ? " wrap" : "")}"), cell.Text);
}
