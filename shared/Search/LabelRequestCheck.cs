using PelNas.Shared.Records;
using PelNas.Shared.Tables;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Shared.Search;

/// <summary>Checks what a request says of its labels.</summary>
internal static class LabelRequestCheck
{
    private const double MaxDeadlineHours = 24 * 365;

    public static void Check(SearchRequest request, List<FieldError> errors)
    {
        if (request.Labels is not { } labels)
        {
            return;
        }

        if (!LabelProviders.Names.Contains(labels.By))
        {
            errors.Add("labels.by", NearMiss.Unknown(labels.By, LabelProviders.Names));
            return;
        }

        errors.CheckRange("labels.imageSize", labels.ImageSize, NetworkShape.MinResolution, NetworkShape.MaxResolution);
        errors.CheckRange("labels.classes", labels.Classes, 2, NetworkShape.MaxClasses);
        if (!(labels.DeadlineHours is > 0 and <= MaxDeadlineHours))
        {
            errors.Add(
                "labels.deadlineHours", $"{labels.DeadlineHours} is not allowed; give a number over 0 and up to {MaxDeadlineHours}");
        }

        bool isTable = labels.By == LabelProviders.Table;
        if (isTable && labels is not { ImageSize: null, Classes: null })
        {
            errors.Add(
                "labels", "imageSize and classes are the table's own; leave them out, or get labels by another way than the table");
        }

        if (!isTable && request.LabelsFrom != LabelSources.Validation)
        {
            errors.Add("labelsFrom", "is for labels of the table; leave it out");
        }

        if (labels.By == LabelProviders.Training != (labels.Training is not null))
        {
            errors.Add("labels.training", labels.Training is null
                ? "is missing; give at least its images"
                : "is for labels by training; leave it out");
        }

        if (labels.Training is { } training)
        {
            errors.CheckRange("labels.training.channels", training.Channels, 1, NetworkShape.MaxChannels);
            errors.CheckRange("labels.training.cellsPerStage", training.CellsPerStage, 1, NetworkShape.MaxCells);
            errors.CheckRange("labels.training.epochs", training.Epochs, 1, 1000);
            errors.CheckRange("labels.training.batchSize", training.BatchSize, 2, 1024);
            errors.CheckRange("labels.training.maxImages", training.MaxImages, 20, int.MaxValue);
            errors.CheckLimit("labels.training.minutes", training.Minutes);
        }
    }
}
