using System.Globalization;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Torch.Images;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>POST /searches</c>: starts a search.</summary>
public sealed class StartSearch(SearchRequestValidator validator, SearchStarter starter, ImagesRoot images)
{
    private const int MaxBodyBytes = 64 * 1024;
    private const int RetryAfterSeconds = 5;

    [Function(nameof(StartSearch))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "searches")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        string? key = IdempotencyKeys.Read(request);

        SearchRequest search = await JsonBody.ReadAsync<SearchRequest>(request, MaxBodyBytes, cancellationToken);

        // Files of this machine are nobody's business who asks over the network, not even whether there is one.
        if (PriorSources.IsFile(search.Prior))
        {
            throw Problems.Invalid("prior", NearMiss.Unknown(search.Prior!, PriorSources.Names));
        }

        if (search is { Labels: { By: LabelProviders.Training, Training: { } training } labels })
        {
            CheckOffered(training.Images);
            try
            {
                ImageData data = ImageFolder.Read(images.Resolve(training.Images), side: null, ImageFolder.MinImages, search.Seed);
                search = search with { Labels = labels with { ImageSize = labels.ImageSize ?? data.Side, Classes = data.Classes } };
            }
            catch (ImageFolderException exception)
            {
                throw Problems.Invalid("labels.training.images", exception.Message.Replace(
                    images.Resolve(training.Images), training.Images, StringComparison.Ordinal));
            }
        }

        Problems.Check(await validator.CheckAsync(search, cancellationToken));
        string id = await starter.StartAsync(client, search, key, cancellationToken);
        string address = SearchAnswers.Address(request, id);
        IHeaderDictionary headers = request.HttpContext.Response.Headers;
        headers.Location = address;
        headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return JsonResults.Of(new StartedSearch(id, address), StatusCodes.Status202Accepted);
    }

    private void CheckOffered(string folder)
    {
        if (images.Names is { Count: 0 })
        {
            throw Problems.Invalid(
                "labels.by",
                $"'{LabelProviders.Training}' reads images of the server, which offers none; give '{LabelProviders.Table}' or "
                    + $"'{LabelProviders.You}', or set {LabelTrainingOptions.Section}:{nameof(LabelTrainingOptions.Images)}");
        }

        if (!images.Names.Contains(folder))
        {
            throw Problems.Invalid("labels.training.images",
                $"'{UntrustedText.Cut(folder, 60)}' is not offered; give one of {string.Join(", ", images.Names)}");
        }
    }
}

/// <summary>The answer to <c>POST /searches</c>.</summary>
/// <param name="StatusUrl">Where the search can be watched, relative to this host.</param>
public sealed record StartedSearch(string Id, string StatusUrl);
