package dev.watchword.demo.desk;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The lists of tokens and holders. */
@Controller
class ListsController {
    private static final int MAX_DAYS = 3650;
    private static final int UNUSED_MONTHS = 6;

    private final Listing listing;
    private final HolderSearch search;
    private final Clock clock;

    ListsController(Listing listing, HolderSearch search, Clock clock) {
        this.listing = listing;
        this.search = search;
        this.clock = clock;
    }

    @GetMapping("/desk/lists")
    String list(
            @RequestParam(defaultValue = "expiring") String list,
            @RequestParam(defaultValue = "90") int days,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate since,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        ListKind kind = ListKind.ofPath(list);
        int within = Math.max(1, Math.min(days, MAX_DAYS));
        LocalDate day = since == null
                ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusMonths(UNUSED_MONTHS)
                : since;
        model.addAttribute("kinds", ListKind.values());
        model.addAttribute("kind", kind);
        model.addAttribute("days", within);
        model.addAttribute("since", day);
        Listing.Page page = listing.read(kind, within, day, Optional.ofNullable(after));
        model.addAttribute("page", page);
        model.addAttribute("names", search.names(page.rows().stream().map(ListRow::holder)));
        return "desk/lists";
    }
}
