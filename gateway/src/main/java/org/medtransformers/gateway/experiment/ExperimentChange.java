package org.medtransformers.gateway.experiment;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.medtransformers.contracts.access.Sharing;

/** What to change of an experiment's marks; what is null stays. */
public record ExperimentChange(
    Boolean starred,
    Boolean archived,
    @Size(max = 20, message = "must be at most 20")
        List<
                @Pattern(
                    regexp = "(?! )[\\p{L}\\p{M}\\p{N} _.:+()/-]{1,40}(?<! )",
                    message =
                        "must be 1 to 40 letters, digits, blanks and _ . : + ( ) / - without a"
                            + " blank at its ends")
                String>
            tags,
    @Size(max = 10_000, message = "must be at most 10000 characters") String note,
    Sharing sharing) {}
