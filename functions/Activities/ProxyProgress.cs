using Microsoft.Extensions.Logging;
using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Activities;

/// <summary>Writes to the log how far a step is with the proxies it has to compute: at every 25th and at the last.</summary>
internal sealed class ProxyProgress(PartitionStep step, ILogger logger) : IProgress<(int Done, int Of)>
{
    private const int Stride = 25;

    /// <inheritdoc/>
    public void Report((int Done, int Of) value)
    {
        if (value.Done % Stride == 0 || value.Done == value.Of)
        {
            logger.LogInformation(
                "{RunId}, partition {Partition}, generation {Generation}: zero-cost proxies of {Done} of {Of} architectures computed",
                step.RunId, step.Partition, step.Generation, value.Done, value.Of);
        }
    }
}
