package dev.watchword.demo.desk;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.watchword.otp.lifecycle.model.BadRecords;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.operations.Imported;
import dev.watchword.otp.lifecycle.operations.TokenStock;
import dev.watchword.otp.lifecycle.seeds.SeedFileException;
import dev.watchword.otp.lifecycle.seeds.SeedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Imports a maker's file. The file is read once, as it arrives in memory. */
@Controller
@RequestMapping("/desk/stock/import")
class ImportController {
    private final TokenStock stock;
    private final FormErrors words;

    ImportController(TokenStock stock, FormErrors words) {
        this.stock = stock;
        this.words = words;
    }

    @GetMapping
    String form(Model model) {
        return show(ImportForm.EMPTY, List.of(), model);
    }

    @PostMapping
    String run(
            @ModelAttribute("form") ImportForm form, Model model, Locale language, RedirectAttributes redirect)
            throws IOException {
        List<FormError> wrong =
                form.wrong().stream().map(field -> words.of(field, language)).toList();
        if (!wrong.isEmpty()) {
            return show(form, wrong, model);
        }
        try (InputStream file = requireNonNull(form.file()).getInputStream();
                SeedReader reader = open(form, file)) {
            return imported(form, reader)
                    .fold(
                            done -> {
                                redirect.addFlashAttribute("imported", done.tokens());
                                redirect.addFlashAttribute("batch", done.batch().value());
                                return "redirect:/desk/stock";
                            },
                            refused -> {
                                model.addAttribute("bad", refused.badRecords().orElse(new BadRecords(List.of(), 0)));
                                return show(form, words.of(refused, language), model);
                            });
        } catch (SeedFileException e) {
            // the message is for the operator who corrects the file, and has no part of a secret
            return show(form, List.of(new FormError("file", String.valueOf(e.getMessage()))), model);
        } catch (Rejected e) {
            return show(form, List.of(words.of(e.field, language)), model);
        }
    }

    private SeedReader open(ImportForm form, InputStream file) throws Rejected {
        try {
            return requireNonNull(form.layout()).open(file, requireNonNullElse(form.secret(), ""));
        } catch (IllegalArgumentException e) {
            throw new Rejected("secret");
        }
    }

    private Outcome<Imported> imported(ImportForm form, SeedReader reader) throws Rejected {
        try {
            return stock.importBatch(
                    form.batchId().orElseThrow(), reader, form.missingExpiry().orElseThrow(), staged -> {});
        } catch (IllegalStateException e) {
            throw new Rejected("published"); // a batch of this name is in stock
        }
    }

    private static String show(ImportForm form, List<FormError> errors, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("layouts", FileLayout.values());
        model.addAttribute("errors", errors);
        return "desk/import";
    }

    /** An entry that only the library could judge. */
    private static final class Rejected extends Exception {
        private static final long serialVersionUID = 1L;
        private final String field;

        Rejected(String field) {
            super(field);
            this.field = field;
        }
    }
}
