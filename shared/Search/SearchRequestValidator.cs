using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Proposer;
using PelNas.Shared.Records;
using PelNas.Shared.Tables;
using PelNas.Shared.Torch;

namespace PelNas.Shared.Search;

/// <summary>Checks a request field by field, for the command line, HTTP and the plan alike.</summary>
/// <param name="proxies">Computes zero-cost scores.</param>
/// <param name="proposer">Finds the proposer, for requests that its price matters to. A recording begins with it, so it comes last.</param>
public sealed class SearchRequestValidator(BenchmarkCatalog catalog, IProxyScorers proxies, Func<ProposerClient> proposer)
{
    /// <summary>All that is wrong with a request; empty when it can run.</summary>
    public async Task<IReadOnlyList<FieldError>> CheckAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        List<FieldError> errors = [];
        BenchmarkContext? context = await FindContextAsync(request, errors, cancellationToken);
        errors.CheckRange("generations", request.Generations, 1, RequestLimits.MaxGenerations);
        errors.CheckRange("maxLabels", request.MaxLabels, 1, RequestLimits.MaxLabels);
        errors.CheckRange("proposalsPerPartition", request.ProposalsPerPartition, 1, RequestLimits.MaxProposals);
        errors.CheckLimit("maxLlmCalls", request.MaxLlmCalls, allowZero: true);
        errors.CheckLimit("maxUsd", request.MaxUsd, allowZero: true);
        errors.CheckLimit("maxLatencyMs", request.MaxLatencyMs);
        if (request is { MaxLatencyMs: not null } && request.IsLatencyTold())
        {
            errors.Add("maxLatencyMs", "no latency is known before it comes with a label; leave it out");
        }

        errors.CheckLimit("maxParamsM", request.MaxParamsM);
        errors.CheckLimit("maxEnergyMj", request.MaxEnergyMj);
        if (request.MaxEnergyMj is not null && context is { EnergyMj.IsDefault: true })
        {
            errors.Add(
                "maxEnergyMj",
                $"there is no table of the energy of '{UntrustedText.Line(request.Device, 40)}', only of "
                    + $"{string.Join(", ", DeviceCatalog.WithEnergy)}");
        }

        if (request.VerifyFront && context is { Uncertainty: null })
        {
            errors.Add(
                "verifyFront",
                $"no latency of '{UntrustedText.Line(request.Device, 40)}' is predicted, so there is none to measure; leave it out");
        }

        errors.CheckName("partitionScheme", request.PartitionScheme, PartitionSchemes.Names);
        if (PartitionSchemes.Names.Contains(request.PartitionScheme)
            && PartitionSchemes.WhyNot(PartitionSchemes.In(request.Space, request.PartitionScheme), request.Partitions) is { } reason)
        {
            errors.Add("partitions", $"{request.Partitions} is not allowed: {reason}");
        }

        errors.CheckName("predictor", request.Predictor, PredictorInputs.Names);
        errors.CheckName("labelsFrom", request.LabelsFrom, LabelSources.Names);
        LabelRequestCheck.Check(request, errors);
        if (request.LabelsBy() == LabelProviders.Training && proxies.WhyNot() is { } why)
        {
            errors.Add(
                "labels.by", $"'{LabelProviders.Training}' is not possible here; get labels by another way, or mend this: {why}");
        }

        CheckSpace(request, context, errors);
        CheckProxyScores(request, errors);
        CheckPrior(request, context, errors);

        if (context is not null && errors.Count == 0)
        {
            LimitsCheck.Check(request, context, errors);
        }

        if (request.MaxUsd is not null && errors.Count == 0 && proposer() is { Price: null } unpriced)
        {
            errors.Add(
                "maxUsd",
                $"the price of {unpriced.Name} is not known, so no limit of dollars can be kept; {PriceTable.HowToSet}, or leave it out");
        }

        return errors;
    }

    /// <summary>What needs the cells of NAS-Bench-201 and their tables.</summary>
    private static void CheckSpace(SearchRequest request, BenchmarkContext? context, List<FieldError> errors)
    {
        if (request.Space is not { } space)
        {
            return;
        }

        if (context?.Open is { Datasets.Count: 0 })
        {
            if (request.LabelsBy() != LabelProviders.You)
            {
                errors.Add("labels.by", $"the space {space} has no labels of its own; its user brings them ('{LabelProviders.You}')");
            }
        }
        else if (request.LabelsBy() != LabelProviders.Table)
        {
            errors.Add(
                "labels.by",
                $"'{request.LabelsBy()}' is not possible in the space {space}, whose labels are its table's; leave labels out");
        }

        if (request.ProxyScores == ProxyScoreSources.Compute)
        {
            errors.Add("proxyScores", $"'{request.ProxyScores}' is not possible in the space {space}; leave proxyScores out");
        }

        if (request.Prior == PriorSources.Transfer)
        {
            errors.Add("prior", $"'{request.Prior}' is not possible in the space {space}; give 'none' or the path of a file");
        }
    }

    /// <summary>What cannot compute must be found out here and not after the seed population is drawn.</summary>
    private void CheckProxyScores(SearchRequest request, List<FieldError> errors)
    {
        errors.CheckName("proxyScores", request.ProxyScores, ProxyScoreSources.Names);
        if (request.ProxyScores == ProxyScoreSources.Compute && request.Predictor == PredictorInputs.Paths)
        {
            errors.Add(
                "proxyScores",
                "the predictor 'paths' sees no scores, so there is nothing to compute; "
                    + "leave proxyScores out, or give another predictor");
        }
        else if (request.ProxyScores == ProxyScoreSources.Compute && proxies.WhyNot() is { } reason)
        {
            errors.Add(
                "proxyScores", $"'{request.ProxyScores}' is not possible here; give '{ProxyScoreSources.Table}', or mend this: {reason}");
        }
    }

    /// <summary>A file that is no prior must be found out here and not after the run was planned.</summary>
    private void CheckPrior(SearchRequest request, BenchmarkContext? context, List<FieldError> errors)
    {
        // Beliefs are about all architectures, and of an open space a search looks at a few.
        if (context?.Open is not null)
        {
            if (request.Prior is { } prior && prior != PriorSources.None)
            {
                errors.Add(
                    "prior",
                    $"'{prior}' is not possible in the space {request.Space}, "
                        + $"which nobody can look through; give '{PriorSources.None}'");
            }
        }
        else if (request.Prior == PriorSources.Llm && proposer().IsOffline)
        {
            errors.Add(
                "prior",
                "'llm' needs a language model, and the offline proposer knows nothing in advance; "
                    + "configure a proposer, or give 'none'");
        }
        else if (PriorSources.IsFile(request.Prior) && context is not null)
        {
            if (!File.Exists(request.Prior))
            {
                errors.Add("prior", $"{NearMiss.Unknown(request.Prior!, PriorSources.Names)}, or the path of a CSV file");
                return;
            }

            try
            {
                PriorFile.Read(request.Prior!, context.Space, request.Dataset, request.Device);
            }
            catch (PriorFileException exception)
            {
                errors.Add("prior", exception.Message);
            }
        }
    }

    private async Task<BenchmarkContext?> FindContextAsync(
        SearchRequest request, List<FieldError> errors, CancellationToken cancellationToken)
    {
        try
        {
            return await catalog.GetContextAsync(request, tableVersion: null, cancellationToken);
        }
        catch (UnknownContextException exception)
        {
            errors.Add(exception.Field, exception.Message);
            return null;
        }
    }
}
