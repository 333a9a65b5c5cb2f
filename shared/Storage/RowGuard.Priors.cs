using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage;

internal static partial class RowGuard
{
    public static void Check(PriorRow prior)
    {
        ArgumentNullException.ThrowIfNull(prior);
        StoreGuard.Text(prior.Source, "prior.source");
        StoreGuard.Text(prior.Name, "prior.name");
        Check(prior.Usage, "prior.usage");
        Check(prior.Answers, "prior.answers");
        foreach (Expectation cell in prior.Content.Ranked.Concat(prior.Content.Believed))
        {
            StoreGuard.NotNegative(cell.Index, "prior.content.cells[].index");
            StoreGuard.Finite(cell.Accuracy, "prior.content.cells[].accuracy");
        }

        foreach (PriorRule rule in prior.Content.Rules)
        {
            StoreGuard.Text(rule.Text, "prior.content.rules[].text");
            StoreGuard.Finite(rule.Delta, "prior.content.rules[].delta");
            StoreGuard.Finite(rule.Confidence, "prior.content.rules[].confidence");
        }

        foreach (PriorVeto veto in prior.Content.Vetoes)
        {
            StoreGuard.Text(veto.Text, "prior.content.vetoes[].text");
        }
    }
}
