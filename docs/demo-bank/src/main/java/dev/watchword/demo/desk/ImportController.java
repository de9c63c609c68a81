package dev.watchword.demo.desk;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.BadRecords;
import dev.watchword.otp.lifecycle.operations.TokenStock;
import dev.watchword.otp.lifecycle.seeds.SeedFileException;
import dev.watchword.otp.lifecycle.seeds.SeedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
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
    private final Helpdesks helpdesks;
    private final FormErrors words;

    ImportController(TokenStock stock, Helpdesks helpdesks, FormErrors words) {
        this.stock = stock;
        this.helpdesks = helpdesks;
        this.words = words;
    }

    @GetMapping
    String form(Model model) {
        return show(ImportForm.EMPTY, List.of(), model);
    }

    @PostMapping
    String run(@ModelAttribute("form") ImportForm form, Model model, Locale language, RedirectAttributes redirect)
            throws IOException {
        List<FormError> wrong =
                form.wrong().stream().map(field -> words.of(field, language)).toList();
        if (!wrong.isEmpty()) {
            return show(form, wrong, model);
        }
        try (InputStream file = requireNonNull(form.file()).getInputStream();
                SeedReader reader = requireNonNull(form.layout()).open(file, form.typedSecret())) {
            return stock.importBatch(
                            form.batchId().orElseThrow(),
                            reader,
                            form.missingExpiry().orElseThrow(),
                            staged -> {})
                    .fold(
                            done -> {
                                redirect.addFlashAttribute("imported", done.tokens());
                                redirect.addFlashAttribute("batch", done.batch().value());
                                return "redirect:/desk/stock";
                            },
                            refused -> {
                                refused.badRecords().ifPresent(bad -> show(bad, model));
                                model.addAttribute("helpdesk", helpdesks.in(language));
                                return show(form, words.of(refused, language), model);
                            });
        } catch (SeedFileException e) {
            model.addAttribute("detail", e.getMessage()); // without any part of a secret
            return show(form, List.of(words.of(e, language)), model);
        }
    }

    /** Shows the records in the order of the file. The library reports a taken serial number after the malformed records around it. */
    private static void show(BadRecords bad, Model model) {
        model.addAttribute("bad", bad);
        model.addAttribute(
                "records",
                bad.first().stream()
                        .sorted(Comparator.comparingLong(
                                record -> record.place().line()))
                        .toList());
    }

    private static String show(ImportForm form, List<FormError> errors, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("layouts", FileLayout.values());
        model.addAttribute("errors", errors);
        return "desk/import";
    }
}
