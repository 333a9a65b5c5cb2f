using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PelNas.Local.Durable.History;

/// <summary>The pages of a query for instances, each read when it is asked for.</summary>
internal sealed class InstancePages(HistoryStore store, OrchestrationQuery query) : AsyncPageable<OrchestrationMetadata>
{
    public override async IAsyncEnumerable<Page<OrchestrationMetadata>> AsPages(string? continuationToken = default, int? pageSizeHint = default)
    {
        string? token = continuationToken ?? query.ContinuationToken;
        do
        {
            string? from = token;
            Page<OrchestrationMetadata> page = await Task.FromResult(store.Read(c => InstanceMetadata.Page(c, query, from, pageSizeHint ?? query.PageSize)));
            yield return page;
            token = page.ContinuationToken;
        }
        while (token is not null);
    }
}
